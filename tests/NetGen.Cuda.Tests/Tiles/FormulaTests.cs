using NetGen.Generator.Emission.Cuda.Tiles;
using Xunit;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>Formulas have the value that whole numbers have, whatever was folded; and C# computes the same from their text.</summary>
public sealed class FormulaTests
{
    private const int Lanes = 48;

    [Fact]
    public void Folding_changes_no_value()
    {
        foreach (var (formula, direct) in Random(count: 20_000))
        {
            for (var x = 0; x < Lanes; x += 5)
            {
                for (var y = 0; y < 7; y++)
                {
                    var (expected, actual) = (direct(x, y), formula.Evaluate(name => name == "x" ? x : y));
                    Assert.True(expected == actual, $"{formula} is {actual} instead of {expected} at x = {x}, y = {y}");
                    Assert.True(formula.Below is null || actual < formula.Below, $"{formula} is {actual} at x = {x}, y = {y}, and not below {formula.Below}");
                }
            }
        }
    }

    [Fact]
    public void The_text_is_the_formula_in_CSharp()
    {
        var formulas = Random(count: 400).Select(pair => pair.Formula).ToArray();
        var method = KernelText.Compile(KernelText.Class(code =>
        {
            code.Open("public static int[] Values(int x, int y)");
            code.Line($"return [{string.Join(",\n", formulas.Select(formula => formula.ToString()))}];");
            code.Close();
        }))["Values"];
        for (var x = 0; x < Lanes; x += 7)
        {
            var values = (int[])method.Invoke(null, [x, x % 7])!;
            for (var i = 0; i < formulas.Length; i++)
                Assert.True(formulas[i].Evaluate(name => name == "x" ? x : x % 7) == values[i], formulas[i].ToString());
        }
    }

    [Theory]
    [InlineData("(x >> 2) * 4", 12, 3)]
    [InlineData("x", 0, 5)]
    [InlineData("0", 9, 0)]
    public void A_constant_comes_out_of_a_sum(string text, int constant, int number)
    {
        var x = Formula.Variable("x", Lanes);
        Formula sum = number switch
        {
            3 => ((x / 4) + 3) * 4,
            5 => x,
            _ => 9,
        };
        Assert.Equal((text, constant), (sum.Split().Base.ToString(), sum.Split().Constant));
    }

    [Fact]
    public void What_an_exclusive_or_cannot_reach_stays_outside()
    {
        Formula x = Formula.Variable("x", 4), swizzle = Formula.Variable("y", 4);
        Assert.Equal("(x ^ y) + 12", ((x + 12) ^ swizzle).ToString());
        Assert.Equal("(x + 2) ^ y", ((x + 2) ^ swizzle).ToString());
    }

    [Fact]
    public void What_depends_on_a_variable_is_told_from_what_does_not()
    {
        Formula k = Formula.Variable("k"), thread = Formula.Variable("thread");
        var (with, without) = ((thread * 3) + ((k + (thread / 4)) * 128) + 5).SplitBy("k");
        Assert.Equal("k * 128", with.ToString());
        Assert.Equal("(thread * 3) + ((thread >> 2) * 128) + 5", without.ToString());
    }

    /// <summary>Formulas made by their operators, and the same arithmetic without them.</summary>
    private static IEnumerable<(Formula Formula, Func<int, int, int> Direct)> Random(int count)
    {
        var random = new Random(1);
        for (var i = 0; i < count; i++)
            yield return Make(random.Next(1, 6));

        (Formula Formula, Func<int, int, int> Direct) Make(int size)
        {
            if (size == 1)
            {
                var constant = random.Next(0, 20);
                return random.Next(3) switch
                {
                    0 => (constant, (_, _) => constant),
                    1 => (Formula.Variable("x", Lanes), (x, _) => x),
                    _ => (Formula.Variable("y"), (_, y) => y),
                };
            }
            var (a, directA) = Make(size - 1);
            var (b, directB) = Make(random.Next(1, size));
            var divisor = 1 << random.Next(0, 5);
            if (random.Next(3) == 0)
                divisor = random.Next(1, 14);
            return random.Next(10) switch
            {
                0 or 1 => (a + b, (x, y) => directA(x, y) + directB(x, y)),
                2 => (a * divisor, (x, y) => directA(x, y) * divisor),
                3 => (a / divisor, (x, y) => directA(x, y) / divisor),
                4 => (a % divisor, (x, y) => directA(x, y) % divisor),
                5 => (a ^ b, (x, y) => directA(x, y) ^ directB(x, y)),
                6 => (a / (b + 1), (x, y) => directA(x, y) / (directB(x, y) + 1)),
                7 => (a % (b + 1), (x, y) => directA(x, y) % (directB(x, y) + 1)),
                8 => ((a + b) - b, directA),
                _ => (Formula.Minimum(a, b), (x, y) => Math.Min(directA(x, y), directB(x, y))),
            };
        }
    }
}
