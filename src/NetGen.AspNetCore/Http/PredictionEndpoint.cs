using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NetGen.AspNetCore.Serving;

namespace NetGen.AspNetCore.Http;

/// <summary>Reads samples from the body of a request, has them computed, and writes what was predicted.</summary>
internal sealed class PredictionEndpoint(NetworkHost host, bool severalSamples)
{
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            if (!context.Request.HasJsonContentType())
            {
                throw new InvalidSamplesException(
                    "The body must be JSON, with the header Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
            }

            IPredictor network = host.Loaded.Network;
            Dataset samples = await ReadAsync(context.Request.BodyReader, network, context.RequestAborted).ConfigureAwait(false);
            Prediction prediction = await host.PredictAsync(samples, context.RequestAborted).ConfigureAwait(false);
            ArrayBufferWriter<byte> body = new();
            PredictionJson.Write(body, network.Output, prediction, severalSamples);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.WrittenCount;
            await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
        }
        catch (InvalidSamplesException exception)
        {
            host.CountInvalid();
            await RefuseAsync(context, exception.Status, "The samples cannot be read.", exception.Message).ConfigureAwait(false);
        }
        catch (NetworkBusyException exception)
        {
            double seconds = Math.Max(1, Math.Ceiling(exception.RetryAfter.TotalSeconds));
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            const int busy = StatusCodes.Status503ServiceUnavailable;
            await RefuseAsync(context, busy, "The service is busy.", exception.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer.
        }
    }

    private async Task<Dataset> ReadAsync(PipeReader reader, IPredictor network, CancellationToken cancellation)
    {
        ReadResult read = await reader.ReadAsync(cancellation).ConfigureAwait(false);
        while (!read.IsCompleted)
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await reader.ReadAsync(cancellation).ConfigureAwait(false);
        }

        try
        {
            return SamplesJson.Read(read.Buffer, network.Inputs, severalSamples, host.Options.MaximalRequest);
        }
        catch (JsonException exception)
        {
            throw new InvalidSamplesException($"The body is not well-formed JSON: {exception.Message}");
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title).ExecuteAsync(context);
}
