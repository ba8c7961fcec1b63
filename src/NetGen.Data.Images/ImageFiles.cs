using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Files of pictures and the class of each, before they are read.</summary>
/// <remarks>
/// <code>
/// ImageFiles train = ImageFiles.InFolders("flowers/train");                      // flowers/train/rose/17.jpg, …
/// ImageFiles test = ImageFiles.InFolders("flowers/test", train.Classes);         // the same classes in the same order
/// Dataset data = train.Load(new ImageInput(64, 64));
/// </code>
/// </remarks>
public sealed partial class ImageFiles
{
    private readonly string[] paths;
    private readonly int[] labels;
    private readonly string[] classes;

    /// <summary>States files, the class of each, and what the classes are called.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="labels">The class of each, from 0.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <exception cref="ArgumentException">There is no file, there are not as many labels, or a class is there twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    public ImageFiles(IReadOnlyList<string> paths, IReadOnlyList<int> labels, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(labels);
        this.classes = Different(classes);
        if (paths.Count == 0)
            throw new ArgumentException("There is no file.", nameof(paths));
        if (paths.Count != labels.Count)
            throw new ArgumentException(Invariant($"There are {paths.Count} files and {labels.Count} labels."), nameof(labels));
        this.paths = [.. paths];
        this.labels = [.. labels];
        for (int i = 0; i < this.labels.Length; i++)
        {
            ArgumentException.ThrowIfNullOrEmpty(this.paths[i], nameof(paths));
            if ((uint)this.labels[i] >= (uint)classes.Count)
                throw OutOfRange.Of(nameof(labels), this.labels[i], Invariant($"The label of {this.paths[i]} is {this.labels[i]}; expected 0 to {classes.Count - 1}."));
        }
    }

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<string> Paths => paths;

    /// <summary>The class of each.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>What the classes are called, by their labels.</summary>
    public IReadOnlyList<string> Classes => classes;

    /// <summary>The number of files.</summary>
    public int Count => paths.Length;

    /// <summary>
    /// The pictures (<c>.jpg</c>, <c>.jpeg</c>, <c>.png</c>, <c>.bmp</c>) in a folder that has a folder for each class, and in the folders
    /// of these. Classes are in the order of their names, as code units have it, and files in that of their paths; names that begin with a
    /// dot, <c>Thumbs.db</c> and <c>desktop.ini</c> are passed over.
    /// </summary>
    /// <param name="folder">The folder with a folder for each class.</param>
    /// <param name="classes">The classes in their order, for pictures to test with: those of the pictures for training. Null: those that
    /// there are.</param>
    /// <param name="ignoreOtherFiles">Whether files that are no pictures are passed over; without it they are an error.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">There are no folders in it, or only one; one has no picture, or something else; a class is
    /// not one of those given. The message says which.</exception>
    public static ImageFiles InFolders(string folder, IReadOnlyList<string>? classes = null, bool ignoreOtherFiles = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: no such folder; expected one that has a folder of pictures for each class.");
        string[] found = [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Where(name => name[0] != '.').Order(StringComparer.Ordinal)];
        if (found.Length == 0)
            throw new InvalidDataException($"{folder}: there are no folders in it; expected one for each class, with its pictures. For a list of files and classes there is {nameof(ImageFiles)}.{nameof(InTable)}.");
        string[] names = classes is null ? found : Different(classes);
        if (names.Length == 1)
            throw new InvalidDataException($"{folder}: there is one folder in it, '{names[0]}'; one class leaves nothing to learn. Is the folder with the classes another one, above or below?");
        if (found.Except(names, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new InvalidDataException($"{folder}: there is a folder '{unknown}', which is none of the classes: {string.Join(", ", names)}.");

        List<string> paths = [];
        List<int> labels = [];
        for (int label = 0; label < names.Length; label++)
        {
            string inside = Path.Combine(folder, names[label]);
            if (!Directory.Exists(inside))
                throw new DirectoryNotFoundException($"{inside}: no such folder; expected one with the pictures of the class '{names[label]}'.");
            int before = paths.Count;
            foreach (string path in Directory.GetFiles(inside, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                if (IsPassedOver(inside, path))
                    continue;
                if (ImageDecoder.IsPicture(path))
                    paths.Add(path);
                else if (!ignoreOtherFiles)
                    throw new InvalidDataException($"{path}: no picture by its name ({string.Join(", ", ImageDecoder.Extensions)}). Take it away, or pass ignoreOtherFiles: true.");
            }

            if (paths.Count == before)
                throw new InvalidDataException($"{inside}: there is no picture in it ({string.Join(", ", ImageDecoder.Extensions)}). Remove the folder if there is no such class.");
            labels.AddRange(Enumerable.Repeat(label, paths.Count - before));
        }

        return new(paths, labels, names);
    }

    /// <summary>
    /// The pictures that a CSV file lists, a row for each: its path, from the folder of that file on, and what its class is called.
    /// </summary>
    /// <param name="csv">The file.</param>
    /// <param name="path">The column of paths.</param>
    /// <param name="label">The column of classes, texts or whole numbers.</param>
    /// <param name="classes">The classes in their order; null: those that there are, in the order of their names.</param>
    /// <param name="options">How the file is written; null: with commas, quotes and a header.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or one that it names is not there; the message has its
    /// line.</exception>
    /// <exception cref="InvalidDataException">A path or a class is missing, there is only one class, or it is none of those given; the
    /// message has the line.</exception>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public static ImageFiles InTable(string csv, string path, string label, IReadOnlyList<string>? classes = null, CsvOptions? options = null)
    {
        Table table = Table.ReadCsv(csv, options);
        TableColumn files = table[path], answers = table[label];
        string folder = Path.GetDirectoryName(Path.GetFullPath(csv))!;
        string[] paths = new string[table.Count], texts = new string[table.Count];
        for (int row = 0; row < table.Count; row++)
        {
            string name = files.Kind == ValueKind.Text && files.Text(row) is { } text
                ? text
                : throw new InvalidDataException($"{table.Place(row)}: '{path}' has no path.");
            paths[row] = Path.Combine(folder, name);
            if (!File.Exists(paths[row]))
                throw new FileNotFoundException($"{table.Place(row)}: {paths[row]}: no such file.", paths[row]);
            texts[row] = Category(table, answers, row);
        }

        string[] names = classes is null ? [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : Different(classes);
        if (names.Length < 2)
            throw new InvalidDataException($"{csv}: all rows have the class '{names.FirstOrDefault()}'; one class leaves nothing to learn.");
        int[] labels = new int[table.Count];
        for (int row = 0; row < labels.Length; row++)
        {
            labels[row] = Array.IndexOf(names, texts[row]);
            if (labels[row] < 0)
                throw new InvalidDataException($"{table.Place(row)}: '{label}' is '{texts[row]}', which is none of the classes: {string.Join(", ", names)}.");
        }

        return new(paths, labels, names);
    }

    /// <summary>Some of the files, in a given order; the classes stay.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such file.</exception>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ImageFiles Select(ReadOnlySpan<int> rows)
    {
        string[] selected = new string[rows.Length];
        int[] answers = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            if ((uint)rows[i] >= (uint)Count)
                throw OutOfRange.Of(nameof(rows), rows[i], Invariant($"There is no file {rows[i]}; there are {Count}."));
            (selected[i], answers[i]) = (paths[rows[i]], labels[rows[i]]);
        }

        return new(selected, answers, classes);
    }

    /// <summary>The two parts of a split: <c>files.Split(Splits.Stratified(files.Labels, 0.2, seed: 1))</c>.</summary>
    /// <exception cref="ArgumentException">The split is of another number of rows, or a part has none.</exception>
    public (ImageFiles Train, ImageFiles Test) Split(Split split)
    {
        ArgumentNullException.ThrowIfNull(split);
        return split.Count == Count
            ? (Select(split.Train), Select(split.Test))
            : throw new ArgumentException(Invariant($"The split is of {split.Count} rows; there are {Count} files."), nameof(split));
    }

    /// <summary>For example <c>3670 files of 5 classes</c>.</summary>
    public override string ToString() => Invariant($"{Count} files of {classes.Length} classes");

    internal static string[] Different(IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Count == 0)
            throw new ArgumentException("There is no class.", nameof(classes));
        foreach (string name in classes)
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(classes));
        return classes.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice
            ? throw new ArgumentException($"The class '{twice.Key}' is there twice.", nameof(classes))
            : [.. classes];
    }

    private static bool IsPassedOver(string folder, string path) =>
        Path.GetFileName(path) is "Thumbs.db" or "desktop.ini"
        || Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.'));

    private static string Category(Table table, TableColumn column, int row)
    {
        if (column.IsMissing(row))
            throw new InvalidDataException($"{table.Place(row)}: '{column.Name}' is missing; each picture needs a class.");
        return column.Kind switch
        {
            ValueKind.Text => column.Text(row)!,
            ValueKind.Number when column.Numbers[row] is var number && number == Math.Floor(number) => Invariant($"{number:F0}"),
            _ => throw new InvalidDataException($"{table.Place(row)}: '{column.Name}' is neither a text nor a whole number."),
        };
    }
}
