using Xunit;

namespace NetGen.Data.Tests;

/// <summary>The subset inside the library: balanced, and chosen by the rule in its README.</summary>
public sealed class EmbeddedSubsetTests
{
    [Fact]
    public void IsBalanced()
    {
        Mnist mnist = Mnist.LoadEmbedded();
        Assert.Equal(MnistOrigin.Embedded, mnist.Origin);
        Assert.Equal("MNIST, 6,000 training and 1,000 test images, the subset in NetGen.Data.", mnist.Source);
        Assert.Equal(Enumerable.Repeat(600, 10), mnist.Train.Labels.ToArray().CountBy(label => label).OrderBy(c => c.Key).Select(c => c.Value));
        Assert.Equal(Enumerable.Repeat(100, 10), mnist.Test.Labels.ToArray().CountBy(label => label).OrderBy(c => c.Key).Select(c => c.Value));
    }

    [Fact]
    public void ImagesAreDifferentAndInRange()
    {
        Mnist mnist = Mnist.LoadEmbedded();
        foreach (ImageSet set in new[] { mnist.Train, mnist.Test })
        {
            Assert.Equal(784 * set.Count, set.Images.Length);
            Assert.Equal(-1, set.Images.Span.IndexOfAnyExceptInRange(0f, 1f));
            var seen = new HashSet<string>();
            for (int i = 0; i < set.Count; i++)
                Assert.True(seen.Add(Convert.ToHexString(Array.ConvertAll(set.Image(i).ToArray(), v => (byte)(v * 255f)))), $"image {i} is there twice");
        }
    }

    [Theory]
    [InlineData("train", 600)]
    [InlineData("t10k", 100)]
    public void IsTheFirstOfEachClassInFileOrder(string set, int perClass)
    {
        MnistFile imagesFile = MnistFile.All.Single(file => file.Name.StartsWith(set + "-images", StringComparison.Ordinal));
        MnistFile labelsFile = MnistFile.All.Single(file => file.Name.StartsWith(set + "-labels", StringComparison.Ordinal));
        byte[] images = FullMnist.Read(imagesFile), labels = FullMnist.Read(labelsFile);
        var chosen = Enumerable.Range(0, labels.Length - 8)
            .GroupBy(i => labels[8 + i]).SelectMany(ofClass => ofClass.Take(perClass)).Order().ToArray();
        byte[] expectedImages = [.. Header(images, 16, chosen.Length), .. chosen.SelectMany(i => images.AsSpan(16 + 784 * i, 784).ToArray())];
        byte[] expectedLabels = [.. Header(labels, 8, chosen.Length), .. chosen.Select(i => labels[8 + i])];
        Assert.True(expectedImages.AsSpan().SequenceEqual(Embedded(imagesFile)), "images differ");
        Assert.True(expectedLabels.AsSpan().SequenceEqual(Embedded(labelsFile)), "labels differ");
    }

    [Fact]
    public void TheOriginalsHaveTheirSums()
    {
        foreach (MnistFile file in MnistFile.All)
        {
            byte[] content = FullMnist.Read(file);
            Assert.Equal(file.Length, content.Length);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)));
        }
    }

    private static byte[] Header(byte[] full, int length, int count)
    {
        byte[] header = full[..length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), count);
        return header;
    }

    private static byte[] Embedded(MnistFile file)
    {
        using Stream stream = Mnist.OpenEmbedded(file);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
