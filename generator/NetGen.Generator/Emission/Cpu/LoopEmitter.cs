using System.Globalization;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Loops;
using NetGen.Generator.Optimization;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>
/// A loop over the steps of sequences as C#: blocks of sequences go side by side through their steps, and at each the kernels of the body
/// are called for those that
/// have not ended. What is read of a step is copied to rows one after the other, so the kernels are those of any batch.
/// </summary>
internal sealed class LoopEmitter
{
    /// <summary>Sequences side by side: NetGen.Runtime.StepLoop.Rows.</summary>
    private const int Rows = 64;

    private readonly KernelLibrary kernels;
    private readonly DetachedKernel kernel;
    private readonly KernelSignature signature;
    private readonly StepLoopBody loop;
    private readonly FusedProgram body;
    private readonly Dictionary<int, string> names = [];
    private readonly UniqueNames unique;
    private readonly CodeWriter locals = new();
    private long floats;

    public LoopEmitter(KernelLibrary kernels, DetachedKernel kernel, KernelSignature signature)
    {
        (this.kernels, this.kernel, this.signature) = (kernels, kernel, signature);
        loop = (StepLoopBody)kernel.Group.Body!;
        body = Fusion.Run(Materialize.Run(loop.Program.Body));
        string[] own = ["batch", "worker", "workers", "loop", "memory", "scratch"];
        unique = new UniqueNames(signature.Parameters.Select(p => p.Name).Concat(own));
    }

    private LoopProgram Program => loop.Program;

    public string Emit(string name)
    {
        var graph = body.Graph;
        var leaves = graph.Nodes.Where(n => n.Operation is LoopLeaf).ToDictionary(n => ((LoopLeaf)n.Operation).Index, n => n.Id);
        // A carry that nothing reads goes on all the same: it may be a result.
        foreach (var input in leaves.Keys.Concat(Program.Carries.Select(c => c.Input)).Distinct().OrderBy(i => i))
            Declare(input, leaves.TryGetValue(input, out var leaf) ? leaf : -1 - input);
        foreach (var value in body.Groups.SelectMany(g => g.Stores).Distinct().OrderBy(v => v))
        {
            var operation = graph[value].Operation;
            Memory(value, Names.Words((operation as Elementwise)?.Function ?? operation.GetType().Name), graph[value].Type);
        }
        var scratch = WorkerScratch.Floats(body);
        if (scratch > 0)
        {
            locals.Line($"ref var scratch = ref Unsafe.Add(ref memory, {Number(floats)});");
            floats += scratch;
        }

        var writer = new CodeWriter();
        writer.Line("[MethodImplAttribute(Jit.Kernel)]");
        var parameters = signature.Parameters.Select(p => $"{p.Declaration} {p.Name}").Concat(["int batch", "int worker", "int workers"]);
        writer.Line($"private static void {name}<V>({string.Join(", ", parameters)})");
        writer.Line("    where V : struct, IVector<V>");
        writer.Open();
        var steps = Program.OfSteps ? "ref " + Spans : Number(Program.Steps);
        writer.Line($"var loop = new StepLoop({steps}, {(Program.IsReverse ? "true" : "false")}, batch, worker, workers);");
        writer.Line($"ref var memory = ref StepLoop.Memory({Number(floats)});");
        writer.Lines(locals.ToString());
        writer.Open("while (loop.NextBlock())");
        EmitStart(writer, leaves);
        writer.Open("while (loop.NextStep())");
        EmitStep(writer, leaves);
        writer.Close();
        foreach (var carry in Program.Carries.Where(_ => loop.Memory is not null))
            writer.Line($"loop.Save(ref {Carry(carry)}, ref {Sessions}, {Number(loop.Memory!.Value)}, {Width(carry.Input)});");
        foreach (var (result, value) in Results.Where(r => r.Result.IsFinal))
        {
            var carry = Program.Carries[result.Number];
            writer.Line($"loop.PutSamples(ref {Carry(carry)}, ref {signature.Name(value)}, {Width(carry.Input)});");
        }
        writer.Close();
        writer.Close();
        return writer.ToString();
    }

    /// <summary>What the rows of a block start from.</summary>
    private void EmitStart(CodeWriter writer, Dictionary<int, int> leaves)
    {
        foreach (var carry in Program.Carries)
        {
            var initial = Program.Inputs[carry.Input].Operand;
            var from = initial < 0 ? "ref StepLoop.Zeros" : "ref " + Operand(initial);
            writer.Line(loop.Memory is { } place
                ? $"loop.Resume(ref {Sessions}, {Number(place)}, {from}, ref {Carry(carry)}, {Width(carry.Input)});"
                : $"loop.Samples({from}, ref {Carry(carry)}, {Width(carry.Input)});");
        }
        foreach (var (index, leaf) in leaves.Select(l => (l.Key, l.Value)).Where(l => Program.Inputs[l.Key].Kind == LoopInputKind.Sample))
            writer.Line($"loop.Samples(ref {Operand(Program.Inputs[index].Operand)}, ref {names[leaf]}, {Width(index)});");
    }

    private void EmitStep(CodeWriter writer, Dictionary<int, int> leaves)
    {
        var graph = body.Graph;
        foreach (var (index, leaf) in leaves.Select(l => (l.Key, l.Value)).OrderBy(l => l.Key))
        {
            var input = Program.Inputs[index];
            if (input.Kind == LoopInputKind.Step)
                writer.Line($"loop.Step(ref {Operand(input.Operand)}, ref {names[leaf]}, {Width(index)});");
            else if (input.Kind == LoopInputKind.Next)
            {
                var behind = input.Initial < 0 ? "StepLoop.Zeros" : Operand(input.Initial);
                writer.Line($"loop.Next(ref {Operand(input.Operand)}, ref {behind}, ref {names[leaf]}, {Width(index)});");
            }
        }
        foreach (var group in body.Groups)
        {
            writer.Line();
            foreach (var line in KernelDescription.Lines(body, group))
                writer.Line("// " + line);
            EmitCall(writer, group);
        }
        writer.Line();
        foreach (var (result, value) in Results.Where(r => !r.Result.IsFinal))
        {
            var width = Number(Program.OutputType(result.Number).Count);
            writer.Line($"loop.Put(ref {Output(result.Number)}, ref {signature.Name(value)}, {width});");
        }
        foreach (var carry in Program.Carries)
            writer.Line($"loop.Keep(ref {Output(carry.Output)}, ref {Carry(carry)}, {Width(carry.Input)});");

        string Output(int output) => names[body.Root(graph.Outputs[output].Value)];
    }

    private void EmitCall(CodeWriter writer, KernelGroup group)
    {
        var graph = body.Graph;
        string Value(int value) => "ref " + names[body.Root(value)];
        if (group.Body is RuntimeCallBody call)
        {
            var constants = call.Struct is null
                ? call.Constants.Select(c => Number(c))
                : [$"new {call.Struct}({string.Join(", ", call.Constants.Zip(call.Names, (c, name) => $"{name}: {Number(c)}"))})"];
            var all = group.Operands.Concat(group.Results).Select(Value).Concat(constants);
            writer.Line($"{call.Function}<V>({string.Join(", ", all)}, loop.Running, 0, 1);");
            return;
        }
        var placed = PlacedKernel.Of(graph, group);
        var own = new KernelSignature(placed.Kernel);
        var method = kernels.Add(body, group, placed.Kernel, name => KernelText.Of(placed.Kernel, own, name));
        var arguments = own.Parameters.Select(p => Value(placed.Values[p.Value]))
            .Concat(WorkerScratch.Has(group.Body) ? ["ref scratch"] : []);
        var rows = "loop.Running" + (group.Body is ContractionBody { Positions: > 1 and var positions } ? $" * {Number(positions)}" : "");
        writer.Line($"{method}<V>({string.Join(", ", arguments)}, {rows}, 0, 1);");
    }

    private IEnumerable<(LoopResult Result, int Value)> Results => Program.Results
        .Zip(kernel.Group.Results, (result, value) => (result, value)).Where(r => kernel.Group.Stores.Contains(r.value));

    private int Last => kernel.Group.Operands.Count - 1;

    private string Spans => Operand(loop.Memory is null ? Last : Last - 1);

    private string Sessions => Operand(Last);

    private string Operand(int operand) => signature.Name(kernel.Group.Operands[operand]);

    private string Carry(LoopCarry carry) => names[Leaf(carry.Input)];

    /// <summary>The node of an input; of one that nothing reads a number of its own.</summary>
    private int Leaf(int input) =>
        body.Graph.Nodes.FirstOrDefault(n => n.Operation is LoopLeaf leaf && leaf.Index == input)?.Id ?? -1 - input;

    private string Width(int input) => Number(Program.Inputs[input].Type.Count);

    private void Declare(int index, int leaf)
    {
        var input = Program.Inputs[index];
        if (input.Kind == LoopInputKind.Shared)
            names[leaf] = Operand(input.Operand);
        else
            Memory(leaf, Names.Words(input.Kind.ToString()), input.Type);
    }

    private void Memory(int value, string name, TensorType type)
    {
        names[value] = unique.Take(name, "_");
        var shape = $"{type.Shape} of each of {Number(Rows)} sequences";
        locals.Line($"ref var {names[value]} = ref Unsafe.Add(ref memory, {Number(floats)}); // {shape}");
        floats += ((type.Count * (type.Batched ? Rows : 1)) + MemoryPlan.Alignment - 1) / MemoryPlan.Alignment * MemoryPlan.Alignment;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
