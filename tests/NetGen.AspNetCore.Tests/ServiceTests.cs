using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace NetGen.AspNetCore.Tests;

/// <summary>What clients see.</summary>
public sealed class ServiceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_have_the_bits_of_the_networks_predictions()
    {
        using var network = new Pair(seed: 5, device: Device.Cpu(1));
        network.Save(folder.File("pair.safetensors"));
        await using var service = await TestService<Pair>.StartAsync(folder.File("pair.safetensors"));
        float[] tables = [.. Enumerable.Range(0, 18).Select(i => i / 7f)], extras = [.. Enumerable.Range(0, 6).Select(i => -i / 3f)];
        var expected = network.Predict(tables, extras);

        var one = await Post(service, "/net", new { table = tables[..6], extra = extras[..2] });
        Assert.Equal(expected[..2], one["result"]!.AsArray().Select(value => (float)value!));
        var several = await Post(service, "/net/batch", new { table = tables.Chunk(6), extra = extras.Chunk(2) });
        Assert.Equal(expected, several["results"]!.AsArray().SelectMany(result => result!.AsArray()).Select(value => (float)value!));
        Assert.Equal(service.Service.Weights.Id, (string)several["weights"]!);

        var called = await service.Service.PredictAsync(
            new Dataset(new DataColumn("extra", extras, 2), new DataColumn("table", tables, 2, 3)), Test);
        Assert.Equal(expected, called.Values);
        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => service.Service.PredictAsync(tables, Test));
        Assert.StartsWith("Pair has the inputs (table: Float [2, 3]; extra: Float [2]), not one of real numbers.", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_says_what_it_takes_and_gives()
    {
        using var network = new Pair(seed: 5, device: Device.Cpu(1));
        network.Save(folder.File("pair.safetensors"));
        await using var service = await TestService<Pair>.StartAsync(folder.File("pair.safetensors"));
        var said = JsonNode.Parse(await service.Client.GetStringAsync("/net", Test))!;
        Assert.Equal(service.Service.Weights.Id, (string)said["weights"]!["id"]!);
        said.AsObject().Remove("weights");
        Assert.Equal(
            """{"network":"Pair","inputs":[{"name":"table","type":"number","shape":[2,3]},{"name":"extra","type":"number","shape":[2]}],"output":{"name":"result","type":"number","shape":[2]}}""",
            said.ToJsonString());
    }

    [Theory]
    [InlineData("/net", "application/json", """{"x": [1]}""", 400, "Sample 0 of 'x' has 1 numbers where 64 are asked for; a sample is x: Float [64].")]
    [InlineData("/net", "application/json", """{"x": """, 400, "The body is not well-formed JSON: ")]
    [InlineData("/net", "text/plain", """{"x": [1]}""", 415, "The body must be JSON, with the header Content-Type: application/json.")]
    [InlineData("/net/batch", "application/json", """{"x": [[1], [2]]}""", 400, "Sample 0 of 'x' has 1 numbers where 64 are asked for; a sample is x: Float [64].")]
    public async Task What_cannot_be_answered_is_a_problem_that_says_why(string path, string type, string body, int status, string detail)
    {
        Scaled.Save(folder.File("scaled.safetensors"), 1);
        await using var service = await TestService<Scaled>.StartAsync(folder.File("scaled.safetensors"));
        var response = await service.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, type), Test);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Test))!;
        Assert.StartsWith(detail, (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal(status, (int)problem["status"]!);
    }

    [Fact]
    public async Task More_samples_than_a_request_may_have_are_413_and_a_full_queue_is_503_with_the_time_to_come_again()
    {
        Scaled.Save(folder.File("any"), 1);
        await using var service = await TestService<GatedPredictor>.StartAsync(folder.File("any"), options =>
        {
            (options.MaximalRequest, options.MaximalQueue, options.RetryAfter) = (2, 1, TimeSpan.FromSeconds(2.5));
        });
        var network = (GatedPredictor)service.Service.Host.Loaded.Network;
        var large = await service.Client.PostAsJsonAsync("/net/batch", new { x = new[] { 1, 2, 3 } }, Test);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);

        network.Close();
        var running = service.Client.PostAsJsonAsync("/net", new { x = 1 }, Test);
        while (network.Batches.Length == 0)
            await Task.Delay(5, Test);
        var waiting = service.Client.PostAsJsonAsync("/net", new { x = 2 }, Test);
        while (service.Service.Host.Waiting == 0)
            await Task.Delay(5, Test);
        var refused = await service.Client.PostAsJsonAsync("/net", new { x = 3 }, Test);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), refused.Headers.RetryAfter!.Delta);
        Assert.Contains("1 samples wait already", await refused.Content.ReadAsStringAsync(Test), StringComparison.Ordinal);
        Assert.Equal("Degraded", await service.Client.GetStringAsync("/health", Test));

        network.Gate.Release(2);
        Assert.Equal("""{"result":2,""", (await (await running).Content.ReadAsStringAsync(Test))[..12]);
        Assert.Equal(HttpStatusCode.OK, (await waiting).StatusCode);
    }

    /// <summary>A client that has gone is not computed for, and does not end the service.</summary>
    [Fact]
    public async Task A_client_that_goes_is_not_computed_for()
    {
        Scaled.Save(folder.File("any"), 1);
        await using var service = await TestService<GatedPredictor>.StartAsync(folder.File("any"));
        var network = (GatedPredictor)service.Service.Host.Loaded.Network;
        network.Close();
        var running = service.Client.PostAsJsonAsync("/net", new { x = 1 }, Test);
        while (network.Batches.Length == 0)
            await Task.Delay(5, Test);
        using (var gone = new CancellationTokenSource())
        {
            var canceled = service.Client.PostAsJsonAsync("/net", new { x = 2 }, gone.Token);
            while (service.Service.Host.Waiting == 0)
                await Task.Delay(5, Test);
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
        }

        // The server learns of it from the connection, a little later.
        while (service.Aborted == 0)
            await Task.Delay(5, Test);
        network.Gate.Release(2);
        Assert.Equal(HttpStatusCode.OK, (await running).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Client.PostAsJsonAsync("/net", new { x = 3 }, Test)).StatusCode);
        Assert.Equal([[1], [3]], network.Batches);
    }

    [Fact]
    public async Task Fifty_clients_get_their_own_answers()
    {
        Scaled.Save(folder.File("scaled.safetensors"), 3);
        await using var service = await TestService<Scaled>.StartAsync(folder.File("scaled.safetensors"));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async client =>
        {
            for (var i = 0; i < 20; i++)
            {
                float[] x = [.. Enumerable.Range(0, Scaled.Size).Select(k => (100 * client) + i + (k / 64f))];
                var answer = await Post(service, "/net", new { x });
                Assert.Equal(x.Select(value => 3 * value), answer["result"]!.AsArray().Select(value => (float)value!));
            }
        }));
    }

    [Fact]
    public void An_option_that_cannot_be_is_an_error_where_it_is_stated()
    {
        var services = new ServiceCollection();
        var refused = Assert.Throws<ArgumentException>(() => services.AddNetwork<Scaled>("x", options => options.MaximalBatchSize = 0));
        Assert.StartsWith("Scaled cannot be served so: MaximalBatchSize is 0; the least is 1", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => services.AddNetwork<Scaled>(""));
        Assert.Throws<ArgumentException>(() => services.AddNetwork<Scaled>("x", options => options.ReloadInterval = TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => services.AddNetwork<Scaled>("x", options => options.MaximalWait = TimeSpan.FromSeconds(-1)));
        services.AddNetwork<Scaled>("x");
        Assert.Throws<InvalidOperationException>(() => services.AddNetwork<Scaled>("y"));
    }

    public void Dispose() => folder.Dispose();

    private static async Task<JsonNode> Post<T>(TestService<T> service, string path, object body)
        where T : class, IPredictor<T>
    {
        var response = await service.Client.PostAsJsonAsync(path, body, JsonSerializerOptions.Default, Test);
        var text = await response.Content.ReadAsStringAsync(Test);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
