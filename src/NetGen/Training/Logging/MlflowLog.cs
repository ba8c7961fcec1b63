using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace NetGen;

/// <summary>
/// Writes a training to an MLflow server, by its REST interface (2.0): a run with parameters, and the numbers of each epoch as metrics.
/// </summary>
/// <remarks>
/// A training that ends by an exception is a failed run, one that is canceled a killed one. Each training is a run of its own, also one
/// that goes on from a checkpoint; it begins with the epochs before then. A server that cannot be reached, or refuses, ends the training
/// with an exception, as every callback's does.
/// </remarks>
/// <param name="server">Where the server is: <c>new Uri("http://localhost:5000")</c>.</param>
/// <param name="experiment">The name of the experiment; it is made if it is not there.</param>
/// <example>
/// <code>
/// using var log = new MlflowLog(new Uri("http://localhost:5000"), "churn");
/// network.Fit(train, new FitOptions { Epochs = 20, Callbacks = [log] }, new Adam(1e-3f));
/// </code>
/// </example>
public sealed class MlflowLog(Uri server, string experiment) : FitCallback, IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = Folder(server) };
    private readonly string experiment = string.IsNullOrEmpty(experiment)
        ? throw new ArgumentException("The experiment has no name.", nameof(experiment)) : experiment;
    private string? run;

    /// <summary>The name of the run; null: the server makes one up.</summary>
    public string? RunName { get; init; }

    /// <summary>Parameters of the run beside the options of the training: the optimizer, sizes of layers.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>A token that the server asks for (as bearer); null: none.</summary>
    public string? Token { get; init; }

    /// <summary>How long a request may take.</summary>
    public TimeSpan Timeout
    {
        get => client.Timeout;
        init => client.Timeout = value;
    }

    /// <summary>The id of the run that is written, or was written last; null before the first.</summary>
    public string? RunId { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <inheritdoc/>
    public override void OnBegin(FitContext fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        string id = Experiment();
        JsonElement made = Post("runs/create", json =>
        {
            json.WriteString("experiment_id", id);
            json.WriteNumber("start_time", Now());
            if (RunName is not null)
                json.WriteString("run_name", RunName);
        });
        RunId = run = made.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
        Post("runs/log-batch", json =>
        {
            json.WriteString("run_id", run);
            json.WriteStartArray("params");
            Pair(json, "network", fit.Network.Name);
            Pair(json, "weights", fit.Network.Parameters.TotalLength.ToString(CultureInfo.InvariantCulture));
            Pair(json, "epochs", fit.Options.Epochs.ToString(CultureInfo.InvariantCulture));
            Pair(json, "batch_size", fit.Options.BatchSize.ToString(CultureInfo.InvariantCulture));
            Pair(json, "seed", fit.Options.Seed.ToString(CultureInfo.InvariantCulture));
            foreach ((string key, string value) in Parameters)
                Pair(json, key, value);
            json.WriteEndArray();
        });
        foreach (EpochResult earlier in fit.Epochs)
            Write(earlier, null);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Write(fit.Epochs[^1], fit);
    }

    /// <inheritdoc/>
    public override void OnEnd(FitContext fit, History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        End(history.Stopped is StopReason.Canceled ? "KILLED" : history.Stopped is StopReason.LossNotFinite or StopReason.WeightsNotFinite
            ? "FAILED" : "FINISHED");
    }

    /// <inheritdoc/>
    public override void OnException(FitContext fit, Exception exception) => End("FAILED");

    private void End(string status)
    {
        // Where the run could not be made there is none to end.
        if (run is null)
            return;
        string ended = run;
        run = null;
        Post("runs/update", json =>
        {
            json.WriteString("run_id", ended);
            json.WriteString("status", status);
            json.WriteNumber("end_time", Now());
        });
    }

    private void Write(EpochResult result, FitContext? fit) => Post("runs/log-batch", json =>
    {
        json.WriteString("run_id", run);
        json.WriteStartArray("metrics");
        foreach ((string name, double value) in EpochNumbers.Of(result, fit))
        {
            if (EpochNumbers.IsNoRate(name, value))
                continue;
            json.WriteStartObject();
            json.WriteString("key", Key(name));
            // Protocol Buffers' JSON has words for what is no number in JSON.
            if (double.IsFinite(value))
                json.WriteNumber("value", value);
            else
                json.WriteString("value", double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
            json.WriteNumber("timestamp", Now());
            json.WriteNumber("step", result.Epoch);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private string Experiment()
    {
        using HttpRequestMessage ask = new(
            HttpMethod.Get, $"api/2.0/mlflow/experiments/get-by-name?experiment_name={Uri.EscapeDataString(experiment)}");
        using HttpResponseMessage answer = Send(ask);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return Post("experiments/create", json => json.WriteString("name", experiment)).GetProperty("experiment_id").GetString()!;
        return Read(ask, answer).GetProperty("experiment").GetProperty("experiment_id").GetString()!;
    }

    private JsonElement Post(string what, Action<Utf8JsonWriter> write)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        using HttpRequestMessage request = new(HttpMethod.Post, "api/2.0/mlflow/" + what);
        request.Content = new ByteArrayContent(body.ToArray());
        request.Content.Headers.ContentType = new("application/json");
        using HttpResponseMessage answer = Send(request);
        return Read(request, answer);
    }

    private HttpResponseMessage Send(HttpRequestMessage request)
    {
        if (Token is not null)
            request.Headers.Authorization = new("Bearer", Token);
        return client.Send(request);
    }

    private static JsonElement Read(HttpRequestMessage request, HttpResponseMessage answer)
    {
        using StreamReader reader = new(answer.Content.ReadAsStream(), Encoding.UTF8);
        string text = reader.ReadToEnd();
        if (!answer.IsSuccessStatusCode)
        {
            const int Longest = 300;
            throw new HttpRequestException(
                FormattableString.Invariant(
                    $"MLflow refused {request.RequestUri} ({(int)answer.StatusCode}): {text[..Math.Min(text.Length, Longest)]}"), null,
                    answer.StatusCode);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new HttpRequestException($"{request.RequestUri} answers no JSON: is it an MLflow server?", exception);
        }
    }

    private static void Pair(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("key", Key(key));
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    /// <summary>What follows an address is below it, and not beside it.</summary>
    private static Uri Folder(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.AbsoluteUri.EndsWith('/') ? server : new(server.AbsoluteUri + "/");
    }

    /// <summary>MLflow takes letters, digits, and some marks.</summary>
    private static string Key(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ' ' or '/' ? c : '_'));

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
