using NetGen.Compiled.Tests.Harness;
using NetGen.Generator;
using Xunit;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>
/// A vector that is run: node by node a network is made, read and given what the ones before it gave, first by the meaning of its graph in
/// double, then compiled.
/// </summary>
internal sealed class OnnxRun
{
    /// <summary>What is said before the name of an operator that has none.</summary>
    public const string NoCounterpart = "no counterpart of ";

    private readonly List<Step> steps = [];
    private readonly OnnxModel? model;
    private Dictionary<string, OnnxTensor> values = [];
    private OnnxNetwork? next;
    private bool isDone;

    public OnnxRun(OnnxVector vector)
    {
        Vector = vector;
        try
        {
            Require(!vector.Name.EndsWith("_expanded", StringComparison.Ordinal), "the same vector with its operator written out in smaller ones");
            Require(vector.HasModel, "a whole model, to be downloaded");
            model = vector.Model();
            Require(model.IsOfTensors, "sequences of tensors, and values that may be missing");
            if (model.Nodes.FirstOrDefault(node => !OnnxOperators.Knows(node.Operator)) is { } unknown)
                throw new NotSupportedException(NoCounterpart + unknown.Operator);
            Require(model.Nodes.Any(node => node.Operator != "Constant"), "constants only");
            values = Inputs();
            for (var i = 0; i < model.Outputs.Count; i++)
            {
                var output = vector.Output(i);
                Require(output.IsFloat || OnnxIndices.GivesPlaces(model.Nodes[^1].Operator), $"elements of type {output.TypeName}");
                Require(output.Values.All(v => !double.IsFinite(v) || Math.Abs(v) <= float.MaxValue), "numbers beyond those of 32 bits");
            }
        }
        catch (NotSupportedException e)
        {
            OutOfScope = e.Message;
        }
    }

    public OnnxVector Vector { get; }

    /// <summary>Why NetGen does not say it.</summary>
    public string? OutOfScope { get; private set; }

    /// <summary>What is wrong.</summary>
    public string? Failure { get; private set; }

    /// <summary>What it is about.</summary>
    public string Operators =>
        model is null ? "" : string.Join(" ", model.Nodes.Select(node => node.Operator).Where(op => op != "Constant").Distinct());

    public IEnumerable<NetworkSource> Sources => steps.Select(step => step.Source);

    /// <summary>How a network says it.</summary>
    public string? Text => steps is not [var only] ? null : only.Network.Fields is { Length: > 0 } fields ? Layer(fields) : only.Network.Methods[0].Body;

    /// <summary>Whether NetGen has what its first operator is asked for.</summary>
    public bool IsInScope()
    {
        Next();
        return OutOfScope is null;
    }

    /// <summary>Makes networks that are read each together with those of other vectors, until no vector has another.</summary>
    public static void ByMeaning(IReadOnlyCollection<OnnxRun> runs)
    {
        while (runs.Select(run => (Run: run, Source: run.Next())).Where(made => made.Source is not null).ToArray() is { Length: > 0 } made)
        {
            var (models, failures) = CompiledNetworks.TryRead([.. made.Select(one => one.Source!)]);
            foreach (var (run, source) in made)
            {
                if (models.TryGetValue(source!.Case, out var model))
                    run.Take(source, model);
                else
                    run.Failure = failures[source.Case].Message;
            }
        }
    }

    /// <summary>The same networks compiled: each within what rounding explains, and all within what ONNX's own runner allows.</summary>
    public void Compare(CompiledNetworks compiled)
    {
        if (Failure is not null || OutOfScope is not null)
            return;
        try
        {
            values = Inputs();
            var at = 0;
            foreach (var node in model!.Nodes)
            {
                var counterpart = OnnxOperators.Of(Call(node));
                Keep(node, counterpart is OnnxValues constants ? constants.Values : Compiled((OnnxNetwork)counterpart, steps[at++], compiled));
            }
            for (var i = 0; i < model.Outputs.Count; i++)
                Close(Vector.Output(i), values[model.Outputs[i]], relative: 1e-3, absolute: 1e-7);
        }
        catch (Exception e)
        {
            Failure = e.Message;
        }
    }

    private static void Require(bool condition, string reason) => OnnxCall.Require(condition, reason);

    private static string Layer(string fields) => fields.Split('\n')[0]["private readonly Layer layer = ".Length..^1];

    private NetworkSource? Next()
    {
        next = null;
        if (isDone || OutOfScope is not null || Failure is not null)
            return null;
        try
        {
            foreach (var node in model!.Nodes.Where(node => !node.Outputs.Any(values.ContainsKey)))
            {
                if (OnnxOperators.Of(Call(node)) is OnnxNetwork network)
                {
                    next = network;
                    return network.Source($"{Vector.Suite}_{Vector.Name}_{steps.Count}".Replace("-", "", StringComparison.Ordinal));
                }
                Keep(node, ((OnnxValues)OnnxOperators.Of(Call(node))).Values);
            }
            isDone = true;
            // The expected numbers were computed in float: a relative error, and for sums that cancel one of the largest number.
            for (var i = 0; i < model.Outputs.Count; i++)
            {
                var expected = Vector.Output(i);
                var largest = expected.Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
                Close(expected, values[model.Outputs[i]], 1e-6, 1e-6 * largest);
            }
        }
        catch (NotSupportedException e)
        {
            OutOfScope = e.Message;
        }
        catch (Exception e)
        {
            Failure = e.Message;
        }
        return null;
    }

    private void Take(NetworkSource source, NetworkModel read)
    {
        var node = model!.Nodes.First(node => !node.Outputs.Any(values.ContainsKey));
        steps.Add(new Step(source, next!, read));
        try
        {
            var weights = Weights(next!, read);
            Keep(node, [.. next!.Methods.SelectMany(method => Meaning(method, Method(read, method), weights))]);
        }
        catch (Exception e)
        {
            Failure = e.Message;
        }
    }

    private static MethodModel Method(NetworkModel read, OnnxMethod method) => read.Methods.Single(one => one.Name == method.Name);

    private static IEnumerable<OnnxTensor> Meaning(OnnxMethod method, MethodModel read, IReadOnlyDictionary<string, double[]> weights)
    {
        var environment = Agreement.Environment(
            weights, [.. method.Arguments.Select(argument => argument.Values)], method.Batch, method.Results.Count > 0 ? 1 : 0);
        return method.Results.Count == 0
            ? [Shaped(method, read, Agreement.Results(read, environment)[0].Value)]
            : method.Results.Select(weight => weight.Form(Agreement.Step(read, environment).Changes[weight.Name].Value));
    }

    private IReadOnlyList<OnnxTensor> Compiled(OnnxNetwork network, Step step, CompiledNetworks compiled)
    {
        Assert.Equal(step.Source.Text, network.Source(step.Source.Case).Text);
        using var running = compiled[step.Source.Case].Create(threads: 2);
        var weights = Weights(network, step.Model).ToDictionary(weight => weight.Key, weight => Array.ConvertAll(weight.Value, v => (float)v));
        var results = new List<OnnxTensor>();
        foreach (var method in network.Methods)
        {
            foreach (var parameter in running.Network.Parameters)
                weights[parameter.Name].CopyTo(parameter.Values);
            var (read, inputs) = (Method(step.Model, method), method.Arguments.Select(argument => argument.Array).ToArray());
            var rounded = weights.ToDictionary(w => w.Key, w => Array.ConvertAll(w.Value, v => (double)v));
            var environment = Agreement.Environment(rounded, inputs, method.Batch, method.Results.Count > 0 ? 1 : 0);
            if (method.Results.Count == 0)
            {
                var expected = Agreement.Results(read, environment)[0];
                var result = new float[expected.Value.Length];
                Array.Fill(result, float.NaN);
                running.Predict(method.Name, inputs, result);
                Agreement.Close(expected, result, method.Name);
                results.Add(Shaped(method, read, Array.ConvertAll(result, v => (double)v)));
                continue;
            }
            var changes = Agreement.Step(read, environment).Changes;
            running.Step(method.Name, inputs, default(GradientCapture));
            foreach (var weight in method.Results)
            {
                var result = running.Network.Parameters[weight.Name].Values.ToArray();
                Agreement.Close(changes[weight.Name], result, weight.Name);
                results.Add(weight.Form(Array.ConvertAll(result, v => (double)v)));
            }
        }
        return results;
    }

    private static OnnxTensor Shaped(OnnxMethod method, MethodModel read, double[] result)
    {
        var dims = read.Graph[read.Graph.Output("result")].Type.Dims;
        return method.Form(new OnnxTensor("", method.IsOfSamples ? [method.Batch, .. dims] : [.. dims], result));
    }

    private static Dictionary<string, double[]> Weights(OnnxNetwork network, NetworkModel read)
    {
        var weights = read.Parameters.ToDictionary(
            parameter => parameter.Name, parameter => network.Weights.TryGetValue(parameter.Name, out var given) ? given : new double[parameter.Count]);
        Assert.All(read.Parameters, parameter => Assert.Equal(parameter.Count, weights[parameter.Name].Length));
        Assert.All(network.Weights.Keys, name => Assert.Contains(name, weights.Keys));
        return weights;
    }

    private Dictionary<string, OnnxTensor> Inputs()
    {
        var given = model!.Weights.ToDictionary(weight => weight.Name);
        for (var i = 0; i < model.Inputs.Count; i++)
            given[model.Inputs[i]] = Vector.Input(i);
        return given;
    }

    private OnnxCall Call(OnnxNode node) => new(node, [.. node.Inputs.Select(name => name.Length == 0 ? OnnxTensor.None : values[name])], model!.Opset);

    private void Keep(OnnxNode node, IEnumerable<OnnxTensor> results)
    {
        foreach (var (name, result) in node.Outputs.Zip(results))
            values[name] = result;
    }

    private static void Close(OnnxTensor expected, OnnxTensor actual, double relative, double absolute)
    {
        Assert.Equal(expected.Dims, actual.Dims);
        Assert.Equal(expected.Values.Length, actual.Values.Length);
        for (var i = 0; i < expected.Values.Length; i++)
        {
            var (e, a) = (expected.Values[i], actual.Values[i]);
            Assert.True(e.Equals(a) || Math.Abs(e - a) <= (relative * Math.Abs(e)) + absolute, $"[{i}]: expected {e}, got {a}");
        }
    }

    private sealed record Step(NetworkSource Source, OnnxNetwork Network, NetworkModel Model);
}
