using System.Globalization;
using System.Text;

namespace NetGen.Generator.Tests.Documentation;

/// <summary>
/// What a recipe prints, and nobody else: reports that a <see cref="Progress{T}"/> posts come on other threads, and some when the recipe is over and
/// another one runs. The writer flows with the execution context, as they do.
/// </summary>
internal sealed class RecipeConsole : TextWriter
{
    private static readonly AsyncLocal<TextWriter?> Recipes = new();

    private readonly TextWriter others;

    private RecipeConsole(TextWriter others)
        : base(CultureInfo.InvariantCulture) => this.others = others;

    public override Encoding Encoding => others.Encoding;

    private TextWriter Target => Recipes.Value ?? others;

    static RecipeConsole() => Console.SetOut(new RecipeConsole(Console.Out));

    /// <summary>Runs something, and gives what it has printed until its end.</summary>
    public static string Of(Action run)
    {
        var printed = new StringWriter(CultureInfo.InvariantCulture);
        var own = Synchronized(printed);
        Recipes.Value = own;
        try
        {
            run();
        }
        finally
        {
            Recipes.Value = null;
        }
        // What is late may still be written; a synchronized writer locks itself.
        lock (own)
        {
            return printed.ToString();
        }
    }

    public override void Write(char value) => Target.Write(value);

    public override void Write(string? value) => Target.Write(value);

    public override void WriteLine(string? value) => Target.WriteLine(value);
}
