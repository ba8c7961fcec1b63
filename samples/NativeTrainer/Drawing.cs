using NetGen.Data;

/// <summary>A digit drawn with characters.</summary>
internal static class Drawing
{
    /// <summary>
    /// Reads a file of at most 28 lines of at most 28 characters: <c>#</c> is ink, <c>+</c> half as much, a blank or a point is paper.
    /// What is drawn goes to the middle of the image.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is larger, or has another character.</exception>
    public static float[] Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        int width = lines.Length == 0 ? 0 : lines.Max(line => line.Length);
        if (lines.Length > Mnist.Size || width > Mnist.Size)
            throw new InvalidDataException($"{path}: {lines.Length} lines of {width} characters; at most {Mnist.Size} of {Mnist.Size} are read.");

        float[] image = new float[Mnist.Size * Mnist.Size];
        int top = (Mnist.Size - lines.Length) / 2, left = (Mnist.Size - width) / 2;
        for (int y = 0; y < lines.Length; y++)
        {
            for (int x = 0; x < lines[y].Length; x++)
            {
                image[((top + y) * Mnist.Size) + left + x] = lines[y][x] switch
                {
                    '#' => 1,
                    '+' => 0.5f,
                    ' ' or '.' => 0,
                    var other => throw new InvalidDataException($"{path}: '{other}' in line {y + 1}; expected '#', '+', '.' or a blank."),
                };
            }
        }

        return image;
    }
}
