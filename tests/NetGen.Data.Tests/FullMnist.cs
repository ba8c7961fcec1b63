using Xunit;

namespace NetGen.Data.Tests;

/// <summary>The original files, if this machine has them in NETGEN_DATA; else the test is skipped.</summary>
internal static class FullMnist
{
    public static string Folder()
    {
        if (Environment.GetEnvironmentVariable("NETGEN_DATA") is { Length: > 0 } root)
        {
            foreach (string folder in new[] { root, Path.Combine(root, "mnist") })
            {
                if (MnistFile.All.All(file => file.Find(folder) is not null))
                    return folder;
            }
        }

        Assert.Skip("NETGEN_DATA does not have the full MNIST.");
        return "";
    }

    public static byte[] Read(MnistFile file)
    {
        using Stream stream = IdxReader.Open(file.Find(Folder())!);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
