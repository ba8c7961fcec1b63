using Microsoft.Extensions.Logging;
using Xunit;

namespace NetGen.AspNetCore.Tests;

/// <summary>What an application's log has of a training.</summary>
public class LoggerCallbackTests
{
    [Fact]
    public void A_training_is_in_the_log()
    {
        Lines lines = new();
        using Pair network = new();
        network.Fit(Data(network), new FitOptions { Epochs = 2, BatchSize = 4, Callbacks = [new LoggerCallback(lines)] });
        Assert.Equal(4, lines.All.Count);
        Assert.All(lines.All, line => Assert.Equal(LogLevel.Information, line.Level));
        Assert.Equal("Pair is trained: 2 epochs of 2 steps, 0 of them made before.", lines.All[0].Text);
        Assert.StartsWith("Pair, epoch 1: loss ", lines.All[1].Text);
        Assert.Equal("Pair is trained (Completed) after 2 epochs.", lines.All[3].Text);
    }

    [Fact]
    public void What_goes_wrong_stands_out()
    {
        Lines lines = new();
        using Pair network = new();
        network.Fit(Data(network), new FitOptions { Epochs = 9, BatchSize = 4, Callbacks = [new LoggerCallback(lines)] }, new Sgd(1e38f));
        Assert.Equal(LogLevel.Warning, lines.All[^1].Level);
        Assert.Contains("try a smaller learning rate", lines.All[^1].Text);

        Assert.Throws<InvalidOperationException>(() => network.Fit(
            Data(network), new FitOptions { Callbacks = [new LoggerCallback(lines), new Throws()] }));
        Assert.Equal((LogLevel.Error, "The training of Pair threw in epoch 1."), lines.All[^1]);
    }

    private static Dataset Data(ITrainable network)
    {
        Random random = new(1);
        return new([.. network.Columns.ToArray().Select(column => column.Type == ColumnType.Label
            ? new DataColumn(column.Name, [0, 1, 0, 1, 0, 1, 0, 1])
            : new DataColumn(column.Name, [.. Enumerable.Range(0, 8 * column.Length).Select(_ => random.NextSingle())], column.Shape))]);
    }

    private sealed class Throws : FitCallback
    {
        public override void OnEpochBegin(FitContext fit) => throw new InvalidOperationException();
    }

    private sealed class Lines : ILogger
    {
        public List<(LogLevel Level, string Text)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add((logLevel, formatter(state, exception)));
    }
}
