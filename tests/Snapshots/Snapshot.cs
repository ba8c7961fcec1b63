using System.Runtime.CompilerServices;
using Xunit;

namespace NetGen.Testing;

/// <summary>
/// Compares a text with the approved one beside the test: <c>Type.Method#hint.verified.ext</c>. Another text is written as
/// <c>.received.</c> and the test fails; NETGEN_ACCEPT_SNAPSHOTS=1 in the environment approves it. These are the file names of Verify
/// (github.com/VerifyTests/Verify), so that it can take over.
/// </summary>
internal static class Snapshot
{
    public static void Verify(
        string text, string extension = "txt", string? hint = null, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var place = Path.Combine(
            Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{method}{(hint is null ? "" : "#" + hint)}");
        var (verified, received) = ($"{place}.verified.{extension}", $"{place}.received.{extension}");
        text = text.ReplaceLineEndings("\n");
        var approved = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (text == approved || Environment.GetEnvironmentVariable("NETGEN_ACCEPT_SNAPSHOTS") == "1")
        {
            if (text != approved)
                File.WriteAllText(verified, text);
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, text);
        Assert.Fail(
            $"{Path.GetFileName(verified)} {(approved is null ? "does not exist." : Difference(approved, text))}\n" +
            $"The new text is in {received}; if it is right, run the test with NETGEN_ACCEPT_SNAPSHOTS=1.");
    }

    private static string Difference(string approved, string text)
    {
        var (old, now) = (approved.Split('\n'), text.Split('\n'));
        var line = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"differs from line {line + 1} on:\n- {Line(old)}\n+ {Line(now)}";

        string Line(string[] lines) => line < lines.Length ? lines[line] : "(the end)";
    }
}
