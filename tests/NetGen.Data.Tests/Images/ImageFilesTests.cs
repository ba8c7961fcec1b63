using SkiaSharp;
using Xunit;
using static NetGen.Layers;
using static NetGen.Ops;

namespace NetGen.Data.Tests.Images;

[Network]
public sealed partial class Shades
{
    private readonly Layer layers = Sequential(Flatten, Dense(2));

    public Tensor Forward([Shape(4, 4, 3)] Tensor image) => layers(image);

    [Objective]
    public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
}

public sealed class ImageFilesTests : IDisposable
{
    private readonly Pictures pictures = new();

    public void Dispose() => pictures.Dispose();

    private void WriteTwoClasses(int each = 4)
    {
        for (int i = 0; i < each; i++)
        {
            pictures.Write($"train/night/{i}.png", 8, 8, (row, _) => new((byte)(10 * i), (byte)row, 40));
            pictures.Write($"train/day/{i}.jpg", 6, 12, (row, _) => new((byte)(200 + i), 220, (byte)(180 + row)));
        }
    }

    [Fact]
    public void Folders_are_classes_in_the_order_of_their_names()
    {
        WriteTwoClasses();
        pictures.Write("train/day/more/x.bmp", 4, 4, (_, _) => SKColors.White);
        File.WriteAllText(pictures.At("train/day/.hidden"), "");
        File.WriteAllText(pictures.At("train/day/Thumbs.db"), "");
        ImageFiles files = ImageFiles.InFolders(Path.Combine(pictures.Folder, "train"));
        Assert.Equal(["day", "night"], files.Classes);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1], files.Labels.ToArray());
        Assert.Equal("9 files of 2 classes", files.ToString());
        Assert.EndsWith(Path.Combine("more", "x.bmp"), files.Paths[4], StringComparison.Ordinal);
        // A folder to test with may have its classes in another order.
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 1], ImageFiles.InFolders(Path.Combine(pictures.Folder, "train"), ["night", "day"]).Labels.ToArray());
    }

    [Fact]
    public void A_table_lists_files_from_its_own_folder_on()
    {
        WriteTwoClasses(2);
        string csv = pictures.At("labels.csv");
        File.WriteAllText(csv, "file,kind\ntrain/night/1.png,dark\ntrain/day/0.jpg,bright\n");
        ImageFiles files = ImageFiles.InTable(csv, "file", "kind");
        Assert.Equal(["bright", "dark"], files.Classes);
        Assert.Equal([1, 0], files.Labels.ToArray());

        File.WriteAllText(csv, "file,kind\ntrain/night/1.png,7\ntrain/day/0.jpg,3\n");
        Assert.Equal(["3", "7"], ImageFiles.InTable(csv, "file", "kind").Classes);

        File.WriteAllText(csv, "file,kind\ntrain/night/1.png,dark\ntrain/day/9.jpg,bright\n");
        Assert.Contains("labels.csv(3): ", Assert.Throws<FileNotFoundException>(() => ImageFiles.InTable(csv, "file", "kind")).Message, StringComparison.Ordinal);
        File.WriteAllText(csv, "file,kind\ntrain/night/1.png,dark\ntrain/day/0.jpg,\n");
        Assert.Contains("labels.csv(3): 'kind' is missing", Assert.Throws<InvalidDataException>(() => ImageFiles.InTable(csv, "file", "kind")).Message, StringComparison.Ordinal);
        File.WriteAllText(csv, "file,kind\ntrain/night/1.png,dark\n");
        Assert.Contains("one class leaves nothing to learn", Assert.Throws<InvalidDataException>(() => ImageFiles.InTable(csv, "file", "kind")).Message, StringComparison.Ordinal);
        File.WriteAllText(csv, "file,kind\ntrain/night/1.png,dark\ntrain/day/0.jpg,dusk\n");
        Assert.Contains(
            "labels.csv(3): 'kind' is 'dusk', which is none of the classes: dark, bright.",
            Assert.Throws<InvalidDataException>(() => ImageFiles.InTable(csv, "file", "kind", ["dark", "bright"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_a_folder_is_said_with_its_path()
    {
        string train = Path.Combine(pictures.Folder, "train");
        Assert.Contains("no such folder", Assert.Throws<DirectoryNotFoundException>(() => ImageFiles.InFolders(train)).Message, StringComparison.Ordinal);
        pictures.Write("train/a.png", 2, 2, (_, _) => SKColors.Red);
        Assert.Contains($"{train}: there are no folders in it", Wrong(), StringComparison.Ordinal);
        pictures.Write("train/night/a.png", 2, 2, (_, _) => SKColors.Red);
        Assert.Contains("there is one folder in it, 'night'", Wrong(), StringComparison.Ordinal);
        Directory.CreateDirectory(pictures.At("train/day"));
        Assert.Contains($"{Path.Combine(train, "day")}: there is no picture in it", Wrong(), StringComparison.Ordinal);
        File.WriteAllText(pictures.At("train/day/notes.txt"), "");
        pictures.Write("train/day/a.png", 2, 2, (_, _) => SKColors.Red);
        Assert.Contains("notes.txt: no picture by its name", Wrong(), StringComparison.Ordinal);
        Assert.Equal(2, ImageFiles.InFolders(train, ignoreOtherFiles: true).Count);
        string other = Assert.Throws<InvalidDataException>(() => ImageFiles.InFolders(train, ["night", "dusk"], ignoreOtherFiles: true)).Message;
        Assert.Contains("there is a folder 'day', which is none of the classes: night, dusk.", other, StringComparison.Ordinal);

        string Wrong() => Assert.Throws<InvalidDataException>(() => ImageFiles.InFolders(train)).Message;
    }

    [Fact]
    public void Files_that_cannot_be_read_are_named_and_counted()
    {
        WriteTwoClasses();
        ImageFiles files = ImageFiles.InFolders(Path.Combine(pictures.Folder, "train"));
        File.WriteAllBytes(files.Paths[2], [1, 2, 3, 4, 5]);
        File.WriteAllBytes(files.Paths[6], []);
        string message = Assert.Throws<InvalidDataException>(() => files.Load(new(4, 4))).Message;
        Assert.StartsWith(files.Paths[2] + ": it does not begin as", message, StringComparison.Ordinal);
        Assert.EndsWith("(So are 1 of the other 7 pictures.)", message, StringComparison.Ordinal);

        string size = Assert.Throws<InvalidDataException>(() => files.Select([0, 4]).Load(new(8, 8, fit: ImageFit.Exact))).Message;
        Assert.StartsWith($"{files.Paths[0]} has 6×12 pixels; expected 8×8.", size, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImageFit.Stretch)]
    [InlineData(ImageFit.Crop)]
    [InlineData(ImageFit.Pad)]
    public void Other_sizes_are_brought_to_the_one_that_is_asked_for(ImageFit fit)
    {
        // Twice as wide as high: red, green, blue, white from left to right.
        SKColor[] colors = [SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.White];
        Image wide = Image.Load(pictures.Write("a.png", 16, 32, (_, column) => colors[column / 8]));
        Image seen = new(new ImageInput(8, 8, fit: fit).Encode(wide), 8, 8, 3);
        string[] rows = [.. Enumerable.Range(0, 8).Select(row => string.Concat(Enumerable.Range(0, 8).Select(column => Name(seen.Pixels.Span.Slice((row * 8 + column) * 3, 3)))))];
        string[] expected = fit switch
        {
            ImageFit.Stretch => [.. Enumerable.Repeat("RRGGBBWW", 8)],
            ImageFit.Crop => [.. Enumerable.Repeat("GGGGBBBB", 8)],
            _ => ["KKKKKKKK", "KKKKKKKK", "RRGGBBWW", "RRGGBBWW", "RRGGBBWW", "RRGGBBWW", "KKKKKKKK", "KKKKKKKK"],
        };
        Assert.Equal(expected, rows);

        // At a border two colours meet.
        static char Name(ReadOnlySpan<float> pixel) => (pixel[0] > 0.5, pixel[1] > 0.5, pixel[2] > 0.5) switch
        {
            (true, true, true) => 'W',
            (true, false, false) => 'R',
            (false, true, false) => 'G',
            (false, false, true) => 'B',
            _ => 'K',
        };
    }

    [Fact]
    public void Normalized_pictures_for_training_have_mean_0_and_deviation_1()
    {
        WriteTwoClasses();
        ImageFiles files = ImageFiles.InFolders(Path.Combine(pictures.Folder, "train"));
        ImageInput input = new ImageInput(4, 4).Normalize(files);
        float[] pixels = files.Load(input)["image"].Floats.ToArray();
        for (int channel = 0; channel < 3; channel++)
        {
            float[] values = [.. pixels.Where((_, i) => i % 3 == channel)];
            Assert.Equal(0, values.Average(), 1e-5);
            Assert.Equal(1, values.Average(value => value * value), 1e-4);
        }

        // ImageNet's are the same everywhere.
        ImageInput known = new ImageInput(4, 4).Normalize(ImageInput.ImageNetMean, ImageInput.ImageNetDeviation);
        Assert.Equal((1 - 0.485f) / 0.229f, known.Encode(new Image(Enumerable.Repeat(1f, 48).ToArray(), 4, 4, 3))[0]);
    }

    [Fact]
    public void A_network_is_trained_saved_and_served_with_the_same_bits()
    {
        WriteTwoClasses(8);
        ImageFiles files = ImageFiles.InFolders(Path.Combine(pictures.Folder, "train"));
        (ImageFiles train, ImageFiles test) = files.Split(Splits.Stratified(files.Labels, 0.25, seed: 1));
        ImageInput input = new ImageInput(4, 4, fit: ImageFit.Crop).Normalize(train).WithClasses(files.Classes);
        using Shades network = new(seed: 1);
        Dataset seen = train.Load(input);
        network.Fit(seen, new FitOptions { Epochs = 20, BatchSize = 4 }, new Adam(0.02f));
        Assert.Equal(1, network.Evaluate(test.Load(input)).Accuracy);

        string path = pictures.At("shades.safetensors");
        network.Save(path, input);
        using Shades loaded = new(seed: 2);
        loaded.Load(path);
        ImageInput served = ImageInput.Load(path);
        Assert.Equal(["day", "night"], served.Classes);
        Assert.Equal("[4, 4, 3], Crop, normalized, 2 classes", served.ToString());
        float[] pixels = served.Read(File.ReadAllBytes(train.Paths[0]));
        Assert.Equal(seen["image"].Floats[..48].ToArray(), pixels);
        Assert.Equal(pixels, served.Read(train.Paths[0]));
        float[] scores = loaded.Predict(pixels);
        Assert.Equal("day", served.Classes[scores[0] > scores[1] ? 0 : 1]);
    }

    [Fact]
    public void Pictures_that_are_read_while_training_give_the_bits_of_those_in_memory()
    {
        WriteTwoClasses();
        ImageFiles files = ImageFiles.InFolders(Path.Combine(pictures.Folder, "train"));
        ImageInput input = new ImageInput(4, 4).Normalize(files);
        FitOptions options = new() { Epochs = 3, BatchSize = 3, Seed = 1 };
        using Shades one = new(seed: 1), other = new(seed: 1);
        one.Fit(files.Load(input), options, new Adam(0.01f));
        other.Fit(files.Stream(input, workers: 2), options, new Adam(0.01f));
        Assert.Equal(one.Parameters.SelectMany(p => p.Values.ToArray()), other.Parameters.SelectMany(p => p.Values.ToArray()));

        File.WriteAllBytes(files.Paths[5], [0x89, 0x50, 0x4E, 0x47, 0]);
        string message = Assert.Throws<InvalidDataException>(() => other.Fit(files.Stream(input), options, new Adam(0.01f))).Message;
        Assert.StartsWith(files.Paths[5] + ": a damaged PNG file", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_file_says_of_pictures_is_checked()
    {
        string message = Assert.Throws<InvalidDataException>(() => ImageInput.FromJson("""{"version":2}""")).Message;
        Assert.Contains("version 2", message, StringComparison.Ordinal);
        string good = new ImageInput(4, 4).Normalize([0.5f], [0.25f]).WithClasses(["a", "b"]).ToJson();
        Assert.Equal(good, ImageInput.FromJson(good).ToJson());
        foreach ((string from, string to) in (ReadOnlySpan<(string, string)>)[("4", "0"), ("Rgb", "Pink"), ("[0.25", "[0"), ("\"b\"", "\"a\""), ("\"mean\":", "\"no\":"), ("}", "")])
            Assert.Throws<InvalidDataException>(() => ImageInput.FromJson(good.Replace(from, to, StringComparison.Ordinal)));

        using Shades network = new(seed: 1);
        string path = pictures.At("plain.safetensors");
        network.Save(path);
        Assert.Contains("says nothing of pictures", Assert.Throws<InvalidDataException>(() => ImageInput.Load(path)).Message, StringComparison.Ordinal);
    }
}
