using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>
/// What somebody new does within the first quarter of an hour, with the packages, <c>dotnet new</c> and the pages, and without a look at the
/// sources: a classifier of rows by the tutorial, one of a folder of pictures by the page of images, and that one as a web service. The C# is that
/// of the pages; what is done by hand is said in comments.
/// </summary>
public sealed class NewUserTests(PackedPackages packages)
{
    private const string Usings = "using NetGen; using static NetGen.Layers; using static NetGen.Ops;";

    private static readonly string[] Kinds = ["aster", "lily", "poppy", "rose", "tulip"];

    [Fact]
    public async Task Rows_pictures_and_a_service_come_about_by_the_pages_alone()
    {
        var folder = packages.CreateFolder("new-user");
        DotNet.New(packages, folder, ("netgen-tabular", "Income"), ("netgen-cnn", "Flowers"), ("netgen-webapi", "Service"));
        WriteIncome(Path.Combine(folder, "Income"));
        WriteFlowers(Path.Combine(folder, "Flowers"));
        WriteService(Path.Combine(folder, "Service"));
        DotNet.BuildAll(folder, "Income", "Flowers", "Service");

        // Rows: nine of ten are right where eight would be by saying always the same, and a report is there.
        var said = DotNet.Run(Path.Combine(folder, "Income"), "run", "-c", "Release", "--no-build");
        Assert.InRange(Number(said, @"accuracy (0\.\d+)"), 0.85, 1);
        Assert.InRange(Number(said, @"area under the ROC curve (0\.\d+)"), 0.9, 1);
        Assert.Matches("(?m)^(more than|up to) 50,000", said);
        Assert.True(File.Exists(Path.Combine(folder, "Income", "income.html")));

        // Pictures.
        said = DotNet.Run(Path.Combine(folder, "Flowers"), "run", "-c", "Release", "--no-build");
        Assert.InRange(Number(said, @"accuracy (0\.\d+|1\.0+)"), 0.9, 1);
        Assert.Matches(@"(?m)^rose\r?$", said);

        // And the service answers for a picture what the program said.
        File.Copy(Path.Combine(folder, "Flowers", "flowers.safetensors"), Path.Combine(folder, "Service", "flowers.safetensors"));
        using var service = DotNet.Start(Path.Combine(folder, "Service"), "run", "-c", "Release", "--no-build", "--", "--urls", "http://127.0.0.1:0");
        try
        {
            using var client = new HttpClient { BaseAddress = await AddressAsync(service) };
            Assert.Equal("rose", await AskAsync(client, File.ReadAllBytes(Path.Combine(folder, "Flowers", "rose.jpg"))));
            Assert.Equal("tulip", await AskAsync(client, Picture(4, new Random(99))));
            using var refused = await client.PostAsync("/flowers", new StringContent("no picture"), TestContext.Current.CancellationToken);
            Assert.Equal(400, (int)refused.StatusCode);
        }
        finally
        {
            service.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Steps 4 to 6 of the tutorial, on a file like UCI's.</summary>
    private static void WriteIncome(string folder)
    {
        const string Page = "docs/tutorial.md";
        // dotnet add package NetGen.Evaluation
        DotNet.AddPackage(folder, "Income", "NetGen.Evaluation");
        File.Delete(Path.Combine(folder, "Flower.cs"));
        File.WriteAllLines(Path.Combine(folder, "adult.csv"), People());
        File.WriteAllText(
            Path.Combine(folder, "Income.cs"), $"{Usings}\n{PageCode.Of(Page, "class Income")}");
        // By hand: the file's name, and names for what the pieces give to one another.
        File.WriteAllText(
            Path.Combine(folder, "Program.cs"),
            $$"""
            using NetGen;
            using NetGen.Data;
            {{PageCode.Usings(Page, "RocCurve.Of")}}

            const string path = "adult.csv";
            {{PageCode.Of(Page, "Table.ReadCsv(path)")}}
            {{PageCode.Of(Page, "new Income(seed: 1)").Replace("network.Fit(", "var history = network.Fit(", StringComparison.Ordinal)}}
            var data = schema.Encode(test);
            {{PageCode.Of(Page, "RocCurve.Of")}}
            InUse();

            static void InUse()
            {
                {{PageCode.Of(Page, "FittedSchema.Load(")}}
            }
            """);
    }

    /// <summary>The page of images as it is.</summary>
    private static void WriteFlowers(string folder)
    {
        const string Page = "docs/images.md";
        // dotnet add package NetGen.Data.Images
        DotNet.AddPackage(folder, "Flowers", "NetGen.Data.Images");
        File.Delete(Path.Combine(folder, "Digits.cs"));
        File.WriteAllText(Path.Combine(folder, "Flowers.cs"), PageCode.Whole(Page, "class Flowers"));
        File.WriteAllText(
            Path.Combine(folder, "Program.cs"),
            $$"""
            using NetGen;
            using NetGen.Data;

            {{PageCode.Of(Page, "ImageFiles.InFolders(\"flowers\")")}}
            InUse();

            static void InUse()
            {
                {{PageCode.Of(Page, "ImageInput.Load(\"flowers.safetensors\")")}}
            }
            """);
        var random = new Random(1);
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            var pictures = Directory.CreateDirectory(Path.Combine(folder, "flowers", Kinds[kind])).FullName;
            for (var i = 0; i < 24; i++)
                File.WriteAllBytes(Path.Combine(pictures, $"{i}.bmp"), Picture(kind, random));
        }
        File.WriteAllBytes(Path.Combine(folder, "rose.jpg"), Picture(3, random));
    }

    /// <summary>The page of serving: its service of pictures.</summary>
    private static void WriteService(string folder)
    {
        const string Page = "docs/serving.md";
        DotNet.AddPackage(folder, "Service", "NetGen.Data.Images");
        File.Delete(Path.Combine(folder, "Training.cs"));
        File.Delete(Path.Combine(folder, "Digits.cs"));
        File.WriteAllText(
            Path.Combine(folder, "Flowers.cs"), $"{Usings}\n{PageCode.Of(Page, "class Flowers")}");
        File.WriteAllText(
            Path.Combine(folder, "Program.cs"), "using NetGen.AspNetCore;\nusing NetGen.Data;\n" + PageCode.Whole(Page, "AddNetwork<Flowers>"));
    }

    /// <summary>Who has studied, is married and works long earns more, with some luck.</summary>
    private static IEnumerable<string> People()
    {
        string[] education = ["Bachelors", .. Enumerable.Range(0, 15).Select(i => $"School {i}")];
        string[] married = ["Never-married", .. Enumerable.Range(0, 6).Select(i => $"State {i}")];
        string[] work = ["State-gov", "?", .. Enumerable.Range(0, 7).Select(i => $"Work {i}")];
        string[] occupation = ["Adm-clerical", "?", .. Enumerable.Range(0, 13).Select(i => $"Job {i}")];
        var random = new Random(1);
        yield return "age,workclass,education,marital-status,occupation,capital-gain,hours-per-week,income";
        for (var i = 0; i < 4000; i++)
        {
            var (age, school, state, hours) = (random.Next(18, 80), random.Next(16), random.Next(7), random.Next(10, 70));
            var gain = random.Next(8) == 0 ? random.Next(20_000) : 0;
            var score = (school / 15.0) + (state / 6.0) + (hours / 60.0) + (gain / 10_000.0) + (0.3 * random.NextDouble());
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{age},{work[random.Next(9)]},{education[school]},{married[state]},{occupation[random.Next(15)]},")
                + string.Create(CultureInfo.InvariantCulture, $"{gain},{hours},{(score > 1.9 ? ">50K" : "<=50K")}");
        }
    }

    /// <summary>A blossom in the colour of its kind before a meadow, as a BMP of 48 × 48 pixels.</summary>
    private static byte[] Picture(int kind, Random random)
    {
        const int Size = 48, Header = 54;
        (int Red, int Green, int Blue)[] colours = [(130, 90, 220), (245, 245, 240), (240, 120, 20), (200, 20, 60), (250, 220, 40)];
        var file = new byte[Header + (3 * Size * Size)];
        using (var writer = new BinaryWriter(new MemoryStream(file)))
        {
            writer.Write((byte)'B');
            writer.Write((byte)'M');
            foreach (var number in new[] { file.Length, 0, Header, 40, Size, Size, 1 | (24 << 16), 0, 3 * Size * Size, 2835, 2835, 0, 0 })
                writer.Write(number);
        }
        var (x, y, radius) = (random.Next(16, 32), random.Next(16, 32), random.Next(8, 14));
        for (var at = 0; at < Size * Size; at++)
        {
            var (dx, dy) = ((at % Size) - x, (at / Size) - y);
            var (red, green, blue) = (dx * dx) + (dy * dy) < radius * radius ? colours[kind] : (60, 140, 60);
            foreach (var (offset, value) in new[] { (0, blue), (1, green), (2, red) })
                file[Header + (3 * at) + offset] = (byte)Math.Clamp(value + random.Next(-30, 30), 0, 255);
        }
        return file;
    }

    private static async Task<Uri> AddressAsync(Process service)
    {
        var output = new StringBuilder();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (await service.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            output.AppendLine(line);
            if (Regex.Match(line, @"Now listening on: (http\S+)") is { Success: true } match)
                return new Uri(match.Groups[1].Value);
        }
        throw new InvalidOperationException($"The service ended:\n{output}\n{await service.StandardError.ReadToEndAsync(patience.Token)}");
    }

    private static async Task<string> AskAsync(HttpClient client, byte[] picture)
    {
        using var answer = await client.PostAsync("/flowers", new ByteArrayContent(picture), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }

    private static double Number(string said, string pattern)
    {
        var match = Regex.Match(said, pattern);
        Assert.True(match.Success, said);
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
