using System.Collections.Concurrent;
using System.Globalization;
using Xunit;

namespace NetGen.Generator.Tests.Borders;

/// <summary>
/// 1,000 mutants of the repository's networks, always the same. <c>NETGEN_MUTANTS=20000</c> tries more of them;
/// <c>NETGEN_FIRST_MUTANT=1234</c> starts there.
/// </summary>
[Collection(nameof(MutationTests))]
[CollectionDefinition(nameof(MutationTests), DisableParallelization = true)]
public class MutationTests
{
    /// <summary>One in so many is compiled with what is generated for it.</summary>
    private const int Sample = 16;

    [Fact]
    public void Whatever_is_typed_is_an_error_or_a_program_and_takes_little()
    {
        var mutator = new Mutator(Corpus.Programs);
        var wrong = new ConcurrentBag<string>();
        var first = Setting("NETGEN_FIRST_MUTANT", 0);

        // A mutant waits for a thread with a stack of its own: left alone the pool starts hundreds, which wait for each other.
        var workers = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(first, first + Setting("NETGEN_MUTANTS", 1000), workers, number =>
        {
            var text = mutator.Mutant(number);
            if (wrong.Count < 20 && MutantRun.Check(text, number % Sample == 0) is { } failure)
                wrong.Add($"Mutant {number}: {failure}\n{text}\n");
        });

        Assert.True(wrong.IsEmpty, string.Join("\n", wrong));
    }

    [Fact]
    public void Two_sequences_of_one_name_are_an_error_of_CSharp() => Assert.Null(MutantRun.Check(
        """
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layers = Sequential(Embedding(30, 8), Dense(30));

            public Tensor Forward([Sequence(max: 100)] Indices words, [Sequence(max: 100)] Indices words) => layers(words);
        }
        """, withGenerated: false));

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
