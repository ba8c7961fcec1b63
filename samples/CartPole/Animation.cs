using NetGen.Reinforcement;

/// <summary>The cart in the terminal.</summary>
internal static class Animation
{
    private const int Rows = 6, Half = 30;

    /// <summary>One episode, as fast as it would be; where nobody watches, its last picture.</summary>
    public static void Show(Predictor predict, ulong seed)
    {
        var environment = new VectorEnvironment(1, () => new CartPole(), CartPole.StepLimit);
        environment.Reset(seed);
        var (values, push, over) = (new float[CartPole.Pushes], new int[1], false);
        for (var step = 1; !over; step++)
        {
            predict(environment.Observations, values);
            Policy.Greedy(values, push);
            var made = environment.Step(push);
            over = made.Ends[0] != EpisodeEnd.None;
            if (!Console.IsOutputRedirected || over)
                Console.Write(Picture(made.NextObservations, step));
            if (!Console.IsOutputRedirected && !over)
            {
                Thread.Sleep(20);
                // Back to the first line.
                Console.Write($"\e[{Rows + 3}A");
            }
        }
    }

    private static string Picture(ReadOnlySpan<float> state, int step)
    {
        var lines = Enumerable.Range(0, Rows + 2).Select(_ => Enumerable.Repeat(' ', (2 * Half) + 1).ToArray()).ToArray();
        var cart = Math.Clamp(Half + (int)Math.Round(state[0] / 2.4 * (Half - 3)), 2, (2 * Half) - 2);
        for (var row = 0; row < Rows; row++)
        {
            // Leaning is drawn three times as strong.
            var column = cart + (int)Math.Round(Math.Tan(3 * state[2]) * (Rows - row));
            lines[row][Math.Clamp(column, 0, 2 * Half)] = state[2] > 0.02 ? '/' : state[2] < -0.02 ? '\\' : '|';
        }

        "[===]".CopyTo(lines[Rows].AsSpan(cart - 2));
        Array.Fill(lines[Rows + 1], '─');
        return string.Concat(lines.Select(line => new string(line) + "\n")) + FormattableString.Invariant($"step {step,-5}\n");
    }
}
