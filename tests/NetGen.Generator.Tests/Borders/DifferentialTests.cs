using System.Globalization;
using CsCheck;
using Xunit;

namespace NetGen.Generator.Tests.Borders;

/// <summary>
/// Random constant code, run by .NET and read by NetGen: the same value to the bit, or an error. NETGEN_RANDOM_PROGRAMS=20000 tries that many instead
/// of a few; NETGEN_RANDOM_SEED changes which.
/// </summary>
public class DifferentialTests
{
    private const int Batch = 125;

    [Fact]
    public void Random_statements_give_what_dotnet_gives_or_are_refused() => Compare(125, RandomProgram.Declarations, RandomProgram.Body.Select(body => ("", body)));

    [Fact]
    public void Random_types_give_what_dotnet_gives_or_are_refused() => Compare(50, RandomTypes.Declarations, RandomTypes.Program);

    private static void Compare(int usual, string declarations, Gen<(string Members, string Body)> programs)
    {
        var random = new PCG(1, (ulong)Setting("NETGEN_RANDOM_SEED", 20261127));
        var (outcomes, errors) = (new List<Outcome>(), new List<string>());
        for (var rest = Setting("NETGEN_RANDOM_PROGRAMS", usual); rest > 0; rest -= Batch)
            outcomes.AddRange(BothWays.Run(declarations, [.. Enumerable.Range(0, Math.Min(Batch, rest)).Select(_ => programs.Generate(random, null, out var _))], errors));

        var wrong = outcomes.Where(o => !o.Agrees).ToArray();
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {outcomes.Count} programs differ:\n\n" + string.Join("\n\n", wrong.OrderBy(o => o.Program.Length).Take(5)));

        // What throws in .NET must be refused; of the rest, hardly anything may be, or the test would be empty.
        var valid = outcomes.Where(o => !o.Net.StartsWith("throws", StringComparison.Ordinal)).ToArray();
        var refused = valid.Where(o => o.IsRefused).ToArray();
        Assert.True(outcomes.Count > 0.8 * Setting("NETGEN_RANDOM_PROGRAMS", usual), $"only {outcomes.Count} programs compile:\n" + string.Join("\n", errors.Take(20)));
        Assert.True(
            valid.Length > outcomes.Count / 3 && refused.Length < valid.Length / 4,
            $"{refused.Length} of {valid.Length} valid programs are refused:\n" + string.Join("\n", refused.GroupBy(r => r.NetGen).OrderByDescending(g => g.Count()).Take(20).Select(g => $"{g.Count()}x {g.Key}")));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
