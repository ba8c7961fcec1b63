using System.Globalization;
using System.Reflection;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using ILGPU;

namespace NetGen.Cuda.Compilation;

/// <summary>
/// PTX on disk, a file for each kernel, so that a program's next start compiles nothing. A file's name has a hash of all that the PTX depends on, so none is
/// ever out of date; those that nobody has used for 90 days are deleted. Processes may share a folder. No error in it is one of the network's: what cannot be
/// read is compiled, and what cannot be written is not.
/// </summary>
/// <param name="folder">Where the files lie; null: nothing is kept.</param>
internal sealed class PtxCache(string? folder)
{
    /// <summary>The environment variable with another folder, or 0 for none.</summary>
    public const string Variable = "NETGEN_CUDA_CACHE";

    private const string Extension = ".ptx", Unfinished = ".tmp";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(90), KeptUnfinished = TimeSpan.FromDays(1), TouchedAgain = TimeSpan.FromDays(1);

    private int compilations;
    private int isClean;

    /// <summary>The user's.</summary>
    public static PtxCache Default { get; } = new(FolderOf(Environment.GetEnvironmentVariable(Variable)));

    /// <summary>How many kernels were not found.</summary>
    public int Compilations => Volatile.Read(ref compilations);

    /// <summary>The folder that the environment states.</summary>
    /// <param name="stated">The variable's value.</param>
    public static string? FolderOf(string? stated)
    {
        if (!string.IsNullOrEmpty(stated))
        {
            return stated == "0" ? null : stated;
        }
        var user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return user.Length == 0 ? null : Path.Combine(user, "netgen", "ptx");
    }

    /// <summary>The PTX of a kernel, from the folder or from the compiler.</summary>
    /// <param name="kernel">A static method, closed over its types.</param>
    /// <param name="threads">As the compiler takes them.</param>
    /// <param name="blocks">As the compiler takes them.</param>
    /// <param name="compile">The compiler.</param>
    public string Get(MethodInfo kernel, int threads, int blocks, Func<MethodInfo, int, int, string> compile)
    {
        var file = folder is null ? null : Path.Combine(folder, FileName(kernel, threads, blocks));
        if (file is not null && Read(file) is { } known)
        {
            return known;
        }
        Interlocked.Increment(ref compilations);
        var ptx = compile(kernel, threads, blocks);
        if (file is not null)
        {
            Write(file, ptx);
        }
        return ptx;
    }

    /// <summary>A kernel's file: its name for people, and a hash of what its PTX depends on.</summary>
    public static string FileName(MethodInfo kernel, int threads, int blocks)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{KernelCompiler.TargetName} {threads} {blocks}\n{kernel.DeclaringType}.{kernel}\n");
        text.Append(CultureInfo.InvariantCulture, $"{kernel.DeclaringType?.GetCustomAttribute<CudaSourceAttribute>()?.Hash}\n");
        foreach (var assembly in Sources(kernel).Select(assembly => $"{assembly.FullName} {assembly.ManifestModule.ModuleVersionId}").Distinct().Order(StringComparer.Ordinal))
        {
            text.Append(assembly).Append('\n');
        }
        var name = new string([.. kernel.Name.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_').Take(64)]);
        return $"{name}-{Hash(text.ToString())[..32]}{Extension}";
    }

    /// <summary>What the code of a kernel may come from: its own assembly, those of its types, what these refer to, and what ILGPU and the run time bring.</summary>
    private static IEnumerable<Assembly> Sources(MethodInfo kernel)
    {
        Assembly[] fixedOnes = [typeof(object).Assembly, typeof(NetworkAttribute).Assembly, typeof(PtxCache).Assembly, typeof(Context).Assembly];
        var users = Types(kernel.IsGenericMethod ? kernel.GetGenericArguments() : []).Select(type => type.Assembly).Append(kernel.Module.Assembly).Distinct().ToArray();
        return fixedOnes.Concat(users).Concat(users.SelectMany(References));
    }

    private static IEnumerable<Type> Types(IEnumerable<Type> types) =>
        types.SelectMany(type => type.IsGenericType ? Types(type.GetGenericArguments()).Append(type) : [type]);

    private static IEnumerable<Assembly> References(Assembly assembly)
    {
        foreach (var name in assembly.GetReferencedAssemblies())
        {
            // The run time's are of the version that is counted above.
            if (name.Name is { } text && !text.StartsWith("System.", StringComparison.Ordinal) && Load(name) is { } loaded)
            {
                yield return loaded;
            }
        }
    }

    private static Assembly? Load(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>A file begins with a line of the rest's hash.</summary>
    private static string Sealed(string ptx) => $"// {Hash(ptx)}\n{ptx}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool IsOfFiles(Exception e) => e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException;

    private string? Read(string file)
    {
        try
        {
            if (!File.Exists(file))
            {
                return null;
            }
            var text = File.ReadAllText(file);
            var ptx = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
            if (text != Sealed(ptx))
            {
                return null;
            }
            Touch(file);
            return ptx;
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            return null;
        }
    }

    private static void Touch(string file)
    {
        try
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > TouchedAgain)
            {
                File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
            }
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            // It can be read all the same.
        }
    }

    private void Write(string file, string ptx)
    {
        // Two processes may write the same file; it appears in one move.
        var unfinished = string.Create(CultureInfo.InvariantCulture, $"{file}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}{Unfinished}");
        try
        {
            Directory.CreateDirectory(folder!);
            File.WriteAllText(unfinished, Sealed(ptx));
            File.Move(unfinished, file, overwrite: true);
            Clean();
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            try
            {
                File.Delete(unfinished);
            }
            catch (Exception again) when (IsOfFiles(again))
            {
                // It is deleted with the old ones.
            }
        }
    }

    private void Clean()
    {
        if (Interlocked.Exchange(ref isClean, 1) != 0)
        {
            return;
        }
        foreach (var file in Directory.EnumerateFiles(folder!))
        {
            try
            {
                var age = DateTime.UtcNow - File.GetLastWriteTimeUtc(file);
                if ((file.EndsWith(Extension, StringComparison.Ordinal) && age > Kept) || (file.EndsWith(Unfinished, StringComparison.Ordinal) && age > KeptUnfinished))
                {
                    File.Delete(file);
                }
            }
            catch (Exception e) when (IsOfFiles(e))
            {
                // Another process may have it.
            }
        }
    }
}
