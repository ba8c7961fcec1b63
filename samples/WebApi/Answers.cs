using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NetGen.AspNetCore;
using NetGen.Data;

namespace WebApi;

/// <summary>Images, as they are asked for, and what two networks say of each.</summary>
internal sealed class Answers
{
    private const int Networks = 2, Questions = 200;

    private const float Rounding = 1e-5f;

    private readonly string folder;
    private readonly float[][] images;
    private readonly byte[][] questions;

    /// <summary>By the identity of the weights.</summary>
    private readonly Dictionary<string, float[][]> expected = [];

    public Answers(string folder)
    {
        this.folder = folder;
        var test = Mnist.Load(new MnistOptions { Download = false }).Test;
        images = [.. Enumerable.Range(0, Questions).Select(i => test.Image(i).ToArray())];
        questions = [.. images.Select(Question)];
        for (var i = 0; i < Networks; i++)
        {
            Weights.Train(File(i), seed: (ulong)i + 1);
            using var network = new MnistCnn();
            network.Load(File(i));
            expected[WeightsVersion.Of(network).Id] = [.. images.Select(image => network.Predict(image))];
        }

        var (one, other) = (expected.Values.First(), expected.Values.Last());
        if (Enumerable.Range(0, Questions).Any(i => Distance(one[i], other[i]) < 1000 * Tolerance(one[i])))
            throw new InvalidOperationException("The two networks say the same of an image: whose answer it is could not be told.");
    }

    public int Count => Questions;

    /// <summary>The first so many images, one after the other.</summary>
    public float[] Images(int count) => [.. images[..count].SelectMany(image => image)];

    /// <summary>Puts the weights of one of the networks to the place from which they are served, as a whole file.</summary>
    public string Serve(int number)
    {
        var (next, served) = (Path.Combine(folder, "next"), Path.Combine(folder, "served.safetensors"));
        System.IO.File.Copy(File(number % Networks), next, overwrite: true);
        System.IO.File.SetLastWriteTimeUtc(next, DateTime.UtcNow);
        System.IO.File.Move(next, served, overwrite: true);
        return served;
    }

    /// <summary>The weights with which an image was answered; null: the answer is not theirs.</summary>
    public async Task<string?> AskAsync(HttpClient client, int image)
    {
        using var content = new ByteArrayContent(questions[image]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.PostAsync("/digits", content);
        response.EnsureSuccessStatusCode();
        var answer = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(), NumbersContext.Default.Answer)!;
        return Check(image, answer.Weights, answer.Result);
    }

    /// <inheritdoc cref="AskAsync(HttpClient, int)"/>
    public async Task<string?> AskAsync(NetworkService<MnistCnn> service, int image)
    {
        var prediction = await service.PredictAsync(images[image]);
        return Check(image, prediction.Weights.Id, prediction.Values);
    }

    /// <summary>
    /// In a batch of another size sums are taken in another order, so that the last bits of a score may differ: by less than a thousandth
    /// of what the two networks differ in.
    /// </summary>
    private string? Check(int image, string weights, float[] result)
    {
        if (!expected.TryGetValue(weights, out var answers))
            return null;
        var tolerance = Tolerance(answers[image]);
        return answers[image].Zip(result).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance) ? weights : null;
    }

    private static byte[] Question(float[] image) =>
        Encoding.UTF8.GetBytes($$"""{"image":{{JsonSerializer.Serialize(image, NumbersContext.Default.SingleArray)}}}""");

    private static float Distance(float[] one, float[] other) => one.Zip(other).Max(pair => Math.Abs(pair.First - pair.Second));

    private static float Tolerance(float[] scores) => Rounding * scores.Max(Math.Abs);

    private string File(int number) => Path.Combine(folder, $"{number}.safetensors");
}
