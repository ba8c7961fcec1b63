using System.Reflection;
using NetGen.Compiled.Tests.Harness;
using NetGen.Cuda.Compilation;
using NetGen.Cuda.Tests.Networks;
using Xunit;

namespace NetGen.Cuda.Tests.Host;

/// <summary>PTX is compiled once, found again by what it depends on, and never trusted when it is damaged.</summary>
public sealed class PtxCacheTests : IDisposable
{
    private static readonly MethodInfo Kernel = Method<Adam>(nameof(Functions.Update));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("netgen-cache-");

    private string[] Files => [.. Directory.GetFiles(folder.FullName).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        if (folder.Exists)
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_second_start_compiles_nothing()
    {
        var compiled = new PtxCache(folder.FullName).Get(Kernel, 256, 2, KernelCompiler.Compile);
        Assert.Contains(".visible .entry", compiled, StringComparison.Ordinal);
        var second = new PtxCache(folder.FullName);
        Assert.Equal(compiled, second.Get(Kernel, 256, 2, Refuse));
        Assert.Equal(0, second.Compilations);
        Assert.Equal([PtxCache.FileName(Kernel, 256, 2)], Files);
    }

    [Fact]
    public void What_the_text_depends_on_is_in_the_name()
    {
        string[] names =
        [
            PtxCache.FileName(Kernel, 256, 2), PtxCache.FileName(Kernel, 128, 2), PtxCache.FileName(Kernel, 256, 1), PtxCache.FileName(Method<Sgd>(nameof(Functions.Update)), 256, 2),
            .. Networks.Kernels.Of(Samples.Get("MnistMlp_Float32")).Select(kernel => PtxCache.FileName(kernel.Kernel, 256, 2)),
        ];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches(@"^\w+-[0-9a-f]{32}\.ptx$", name));
        Assert.Equal(PtxCache.FileName(Kernel, 256, 2), names[0]);
    }

    [Fact]
    public void A_network_of_another_text_has_other_files()
    {
        const string text = "[Network] public sealed partial class Net { private readonly Layer a = Dense(4); public Tensor Forward([Shape(3)] Tensor x) => a(x); }";
        var names = new[] { text, text.Replace("Dense(4)", "Dense(5)", StringComparison.Ordinal) }
            .Select(each => PtxCache.FileName(Networks.Kernels.Of(CompiledNetworks.Compile(each))[0].Kernel, 256, 2)).ToArray();
        Assert.NotEqual(names[0], names[1]);
        Assert.Equal(names[0].Split('-')[0], names[1].Split('-')[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("// 0\nnonsense")]
    [InlineData("cut")]
    [InlineData("flipped")]
    public void A_damaged_file_is_compiled_again_and_replaced(string damage)
    {
        var file = Path.Combine(folder.FullName, PtxCache.FileName(Kernel, 256, 2));
        new PtxCache(folder.FullName).Get(Kernel, 256, 2, Text);
        var whole = File.ReadAllText(file);
        File.WriteAllText(file, damage switch { "cut" => whole[..^1], "flipped" => whole.Replace("text", "test", StringComparison.Ordinal), _ => damage });
        var cache = new PtxCache(folder.FullName);
        Assert.Equal("some text\nof lines\n", cache.Get(Kernel, 256, 2, Text));
        Assert.Equal(1, cache.Compilations);
        Assert.Equal(whole, File.ReadAllText(file));
        Assert.Single(Files);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_error()
    {
        // A file is where the folder should be; this holds for an administrator too.
        var file = Path.Combine(folder.FullName, "file");
        File.WriteAllText(file, "");
        foreach (var impossible in new[] { file, Path.Combine(file, "below"), "\0" })
        {
            var cache = new PtxCache(impossible);
            Assert.Equal("some text\nof lines\n", cache.Get(Kernel, 256, 2, Text));
            Assert.Equal("some text\nof lines\n", cache.Get(Kernel, 256, 2, Text));
            Assert.Equal(2, cache.Compilations);
        }
    }

    [Fact]
    public void Without_a_folder_nothing_is_kept()
    {
        var cache = new PtxCache(null);
        cache.Get(Kernel, 256, 2, Text);
        cache.Get(Kernel, 256, 2, Text);
        Assert.Equal(2, cache.Compilations);
    }

    [Fact]
    public void The_environment_names_the_folder()
    {
        Assert.Null(PtxCache.FolderOf("0"));
        Assert.Equal("/elsewhere", PtxCache.FolderOf("/elsewhere"));
        foreach (var unset in new[] { null, "" })
        {
            Assert.EndsWith(Path.Combine("netgen", "ptx"), PtxCache.FolderOf(unset) ?? Path.Combine("netgen", "ptx"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Files_that_nobody_has_used_for_long_are_deleted()
    {
        var (old, used, other) = (Path.Combine(folder.FullName, "old-1.ptx"), Path.Combine(folder.FullName, "used-1.ptx"), Path.Combine(folder.FullName, "other.txt"));
        foreach (var (file, days) in new[] { (old, 91), (used, 89), (other, 400), (old + ".1.1.tmp", 2) })
        {
            File.WriteAllText(file, "");
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-days));
        }
        var cache = new PtxCache(folder.FullName);
        cache.Get(Kernel, 256, 2, Text);
        Assert.Equal(new[] { "other.txt", PtxCache.FileName(Kernel, 256, 2), "used-1.ptx" }.Order(StringComparer.Ordinal), Files);

        // A use counts: the file is as young as its last reader.
        var own = Path.Combine(folder.FullName, PtxCache.FileName(Kernel, 256, 2));
        File.SetLastWriteTimeUtc(own, DateTime.UtcNow.AddDays(-80));
        new PtxCache(folder.FullName).Get(Kernel, 256, 2, Refuse);
        Assert.True(DateTime.UtcNow - File.GetLastWriteTimeUtc(own) < TimeSpan.FromHours(1));
    }

    [Fact]
    public void Several_at_once_agree()
    {
        Parallel.For(0, 16, _ =>
        {
            var cache = new PtxCache(folder.FullName);
            for (var round = 0; round < 20; round++)
            {
                Assert.Equal("some text\nof lines\n", cache.Get(Kernel, 256, 2, Text));
            }
        });
        Assert.Single(Files);
    }

    private static string Text(MethodInfo kernel, int threads, int blocks) => "some text\nof lines\n";

    private static string Refuse(MethodInfo kernel, int threads, int blocks) => throw new InvalidOperationException("This was compiled before.");

    private static MethodInfo Method<TOptimizer>(string name) => typeof(Functions).GetMethod(name)!.MakeGenericMethod(typeof(TOptimizer));
}
