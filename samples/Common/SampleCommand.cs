using System.CommandLine;

/// <summary>The command line of a sample.</summary>
internal static class SampleCommand
{
    /// <summary>Parses and runs; what went wrong is one line on the error stream and exit code 2.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="name">Of the sample.</param>
    /// <param name="description">What it does.</param>
    /// <param name="options">What may be said.</param>
    /// <param name="program">Gets what was said.</param>
    public static int Run(string[] args, string name, string description, Option[] options, Action<ParseResult> program)
    {
        var command = new RootCommand(description);
        foreach (var option in options)
            command.Add(option);
        var parsed = command.Parse(args);
        if (parsed.Errors is [var first, ..])
            return Fail(first.Message);
        // The help, or the version.
        if (parsed.Action is not null)
            return parsed.Invoke();
        try
        {
            program(parsed);
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }

        int Fail(string message)
        {
            Console.Error.WriteLine($"{name}: {message.ReplaceLineEndings(" ")}");
            return 2;
        }
    }

    /// <summary>An option that is a whole number in a range.</summary>
    public static Option<int> Number(string name, string description, int value, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && (number < least || number > most))
                result.AddError($"{name}: {token.Value} is not from {least} to {most}.");
        });
        return option;
    }

    /// <summary>An option that is one of some words, the first where nothing is said.</summary>
    public static Option<string> Choice(string name, string description, params string[] words)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => words[0] };
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
