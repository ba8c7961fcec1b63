using System.Globalization;
using Microsoft.Extensions.Logging;

namespace NetGen.AspNetCore;

/// <summary>Writes a training to an application's log: its begin, each epoch with its numbers, and its end.</summary>
/// <remarks>
/// <code>network.Fit(train, new FitOptions { Epochs = 20, Callbacks = [new LoggerCallback(logger)] }, new Adam(1e-3f));</code>
/// A training that ends well is information; one that ends because numbers were not finite is a warning, with the advice; one that throws
/// is an error.
/// </remarks>
/// <param name="logger">Where to: that of the service that trains.</param>
public sealed partial class LoggerCallback(ILogger logger) : FitCallback
{
    private readonly ILogger logger = logger ?? throw new ArgumentNullException(nameof(logger));

    /// <inheritdoc/>
    public override void OnBegin(FitContext fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Begins(logger, fit.Network.Name, fit.Options.Epochs, fit.StepsPerEpoch, fit.Epochs.Count);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Epoch(logger, fit.Network.Name, fit.Epochs[^1].ToString());
    }

    /// <inheritdoc/>
    public override void OnEnd(FitContext fit, History history)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(history);
        string best = history.BestEpoch is { } epoch ? string.Create(CultureInfo.InvariantCulture, $", epoch {epoch} was the best") : "";
        if (history.Advice is { } advice)
            Broke(logger, fit.Network.Name, history.Stopped, advice);
        else
            Ended(logger, fit.Network.Name, history.Stopped, history.Epochs.Count, best);
    }

    /// <inheritdoc/>
    public override void OnException(FitContext fit, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Threw(logger, exception, fit.Network.Name, fit.Epoch);
    }

    [LoggerMessage(10, LogLevel.Information, "{Network} is trained: {Epochs} epochs of {Steps} steps, {Made} of them made before.")]
    private static partial void Begins(ILogger logger, string network, int epochs, int steps, int made);

    [LoggerMessage(11, LogLevel.Information, "{Network}, {Epoch}")]
    private static partial void Epoch(ILogger logger, string network, string epoch);

    [LoggerMessage(12, LogLevel.Information, "{Network} is trained ({Reason}) after {Epochs} epochs{Best}.")]
    private static partial void Ended(ILogger logger, string network, StopReason reason, int epochs, string best);

    [LoggerMessage(13, LogLevel.Warning, "The training of {Network} has ended ({Reason}). {Advice}")]
    private static partial void Broke(ILogger logger, string network, StopReason reason, string advice);

    [LoggerMessage(14, LogLevel.Error, "The training of {Network} threw in epoch {Epoch}.")]
    private static partial void Threw(ILogger logger, Exception exception, string network, int epoch);
}
