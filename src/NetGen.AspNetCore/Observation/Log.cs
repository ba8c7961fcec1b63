using Microsoft.Extensions.Logging;

namespace NetGen.AspNetCore.Observation;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Network} computes with the weights {Weights} of {Path}.")]
    public static partial void Loaded(ILogger logger, string network, string path, string weights);

    [LoggerMessage(2, LogLevel.Error, "The weights of {Path} are not taken; those in use, if any, stay.")]
    public static partial void NotLoaded(ILogger logger, Exception exception, string path);
}
