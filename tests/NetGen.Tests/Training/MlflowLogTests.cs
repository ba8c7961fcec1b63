using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>What MLflow's server is told, by a server that answers as its documentation says (REST API 2.0).</summary>
public sealed class MlflowLogTests : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly List<(string Path, JsonElement Body, string? Token)> asked = [];
    private readonly string address;

    /// <summary>What is answered to the first path that ends so.</summary>
    private (string Path, int Code, string Text) refuses = ("", 0, "");
    private bool knowsExperiment;

    public MlflowLogTests()
    {
        for (int port = 18080 + Environment.ProcessId % 1000; ; port++)
        {
            try
            {
                address = FormattableString.Invariant($"http://127.0.0.1:{port}/mlflow");
                listener.Prefixes.Clear();
                listener.Prefixes.Add(address + "/");
                listener.Start();
                break;
            }
            catch (HttpListenerException)
            {
            }
        }

        _ = Task.Run(Serve);
    }

    public void Dispose() => listener.Close();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_training_is_a_run(bool known)
    {
        knowsExperiment = known;
        using MlflowLog log = new(
            new Uri(address), "churn & more")
        {
            RunName = "first",
            Parameters = new Dictionary<string, string> { ["optimizer"] = "Sgd 0.25" },
            Token = "secret",
        };
        Train(log);
        Assert.Equal("run-1", log.RunId);
        Assert.Equal(
            ["get-by-name", .. known ? []
                : (string[])["experiments/create"], "runs/create", "runs/log-batch", "runs/log-batch", "runs/log-batch", "runs/update"],
            asked.Select(request => request.Path));
        Assert.All(asked, request => Assert.Equal("Bearer secret", request.Token));

        JsonElement run = Body("runs/create");
        Assert.Equal((known ? "7" : "9", "first"), (run.GetProperty("experiment_id").GetString(), run.GetProperty("run_name").GetString()));
        Dictionary<string, string> parameters = Body("runs/log-batch").GetProperty("params").EnumerateArray()
            .ToDictionary(pair => pair.GetProperty("key").GetString()!, pair => pair.GetProperty("value").GetString()!);
        Assert.Equal(("Scripted", "2", "Sgd 0.25"), (parameters["network"], parameters["epochs"], parameters["optimizer"]));

        JsonElement[] second = [.. asked.Where(request => request.Path == "runs/log-batch").Last().Body.GetProperty("metrics")
            .EnumerateArray()];
        Assert.All(second, metric => Assert.Equal(2, metric.GetProperty("step").GetInt32()));
        Assert.Equal(
            ["loss", "accuracy", "val_loss", "val_accuracy", "a _b__ c", "learning_rate", "seconds"],
            second.Select(metric => metric.GetProperty("key").GetString()));
        Assert.Equal((2, 0.25), (second[0].GetProperty("value").GetDouble(), second[5].GetProperty("value").GetDouble()));
        Assert.Equal("NaN", second[4].GetProperty("value").GetString());
        Assert.Equal("FINISHED", Body("runs/update").GetProperty("status").GetString());
    }

    [Fact]
    public void A_training_that_throws_or_is_canceled_is_said_to_be()
    {
        using MlflowLog log = new(new Uri(address), "churn");
        Assert.Throws<InvalidOperationException>(() => Train(log, whenStepping: () => throw new InvalidOperationException()));
        Assert.Equal("FAILED", Body("runs/update").GetProperty("status").GetString());
        asked.Clear();
        using CancellationTokenSource source = new();
        Train(log, whenStepping: source.Cancel, canceled: source);
        Assert.Equal("KILLED", Body("runs/update").GetProperty("status").GetString());
    }

    [Fact]
    public void A_server_that_refuses_or_is_none_ends_the_training_and_says_why()
    {
        using MlflowLog log = new(new Uri(address), "churn");
        refuses = ("runs/create", 400, "{\"error_code\":\"INVALID_PARAMETER_VALUE\"}");
        HttpRequestException refused = Assert.Throws<HttpRequestException>(() => Train(log));
        Assert.Contains("(400): {\"error_code\":\"INVALID_PARAMETER_VALUE\"}", refused.Message, StringComparison.Ordinal);
        // There is no run that could be ended.
        Assert.DoesNotContain(asked, request => request.Path == "runs/update");
        refuses = ("runs/create", 200, "<html>");
        Assert.Contains("is it an MLflow server?", Assert.Throws<HttpRequestException>(() => Train(log)).Message, StringComparison.Ordinal);
        using MlflowLog none = new(new Uri("http://127.0.0.1:9/"), "churn");
        Assert.Throws<HttpRequestException>(() => Train(none));
        Assert.Throws<ArgumentException>(() => new MlflowLog(new Uri(address), ""));
    }

    private static void Train(FitCallback log, Action? whenStepping = null, CancellationTokenSource? canceled = null)
    {
        ScriptedNetwork network = new()
        {
            OnStep = (step, batch) =>
            {
                whenStepping?.Invoke();
                return new(step, batch.Count / 2d, batch.Count);
            },
            OnEvaluate = (_, batch) => new(3, batch.Count / 4d, batch.Count),
        };
        network.Fit(
            ScriptedNetwork.Data(4),
            new FitOptions
            {
                Epochs = 2,
                BatchSize = 4,
                ValidationData = ScriptedNetwork.Data(4),
                Metrics = [new("a (b), c", _ => double.NaN)],
                Callbacks = [log],
                CancellationToken = canceled?.Token ?? default,
            },
            new Sgd(0.25f));
    }

    private JsonElement Body(string path) => asked.First(request => request.Path == path).Body;

    private void Serve()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = listener.GetContext();
                using StreamReader reader = new(context.Request.InputStream, Encoding.UTF8);
                string body = reader.ReadToEnd();
                string path = context.Request.Url!.AbsolutePath.Replace("/mlflow/api/2.0/mlflow/", "", StringComparison.Ordinal)
                    .Replace("experiments/get-by-name", "get-by-name", StringComparison.Ordinal);
                asked.Add((path, JsonDocument.Parse(body.Length == 0 ? "{}" : body).RootElement, context.Request.Headers["Authorization"]));
                (int code, string text) = path == refuses.Path ? (refuses.Code, refuses.Text) : path switch
                {
                    "get-by-name" => knowsExperiment && context.Request.QueryString["experiment_name"] == "churn & more"
                        ? (200, "{\"experiment\":{\"experiment_id\":\"7\",\"name\":\"churn & more\"}}")
                        : (404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"}"),
                    "experiments/create" => (200, "{\"experiment_id\":\"9\"}"),
                    "runs/create" => (200, "{\"run\":{\"info\":{\"run_id\":\"run-1\",\"status\":\"RUNNING\"},\"data\":{}}}"),
                    "runs/log-batch" or "runs/update" => (200, "{}"),
                    _ => (500, path),
                };
                context.Response.StatusCode = code;
                context.Response.Close(Encoding.UTF8.GetBytes(text), willBlock: true);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }
}
