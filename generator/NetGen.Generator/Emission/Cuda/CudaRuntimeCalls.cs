using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cuda;

/// <summary>
/// The kernels that NetGen.Cuda brings for the irregular operations, under the names that lowerings know them by. Their arguments are the
/// operands, the results, the constants, the batch.
/// </summary>
internal static class CudaRuntimeCalls
{
    /// <summary>The classes of kernels; the generated file gives their short names this meaning.</summary>
    public static readonly string[] Classes = ["AttentionKernels", "BFloat16Kernels", "BatchNormKernels", "CopyKernels", "CtcKernels", "IndexKernels", "NormKernels", "PoolKernels", "PositionKernels", "RecurrenceKernels", "ResampleKernels", "ScanKernels", "SoftmaxKernels"];

    private const string Round = "BFloat16Kernels.Round";

    /// <summary>C# of the kernel: a launch takes no overloads, so those of Concat have the number of operands in their names.</summary>
    public static string Function(KernelGroup group)
    {
        var call = (RuntimeCallBody)group.Body!;
        if (call.Function == "CopyKernels.Concat")
            return call.Function + CudaIndex.Number(group.Operands.Count);
        return CoveringWindows(call) is null ? call.Function : call.Function + "SideBySide";
    }

    /// <summary>What a thread makes.</summary>
    public static string Description(RuntimeCallBody call) =>
        IsRecurrence(call) ? "a block for each sequence"
        : IsAttention(call) ? "a thread for each row of a head, or key"
        : call.Function == "CtcKernels.Gradient" ? "a thread for each step"
        : IsCtc(call) ? "a thread for each sample"
        : TakesRows(call) || call.Function.StartsWith("ScanKernels.", StringComparison.Ordinal) ? "a thread for each row"
        : CoveringWindows(call) is not null ? "a thread for each window"
        : call.Function == Round ? "a thread for four elements"
        : call.Function.StartsWith("BatchNormKernels.", StringComparison.Ordinal) ? "a thread for each channel, of a part of the rows where it reads them"
        : "a thread for each element";

    /// <summary>C# of how many threads there are for so many rows or elements.</summary>
    public static string Threads(RuntimeCallBody call, string count) => call.Function == Round ? $"({count} + 3) / 4" : count;

    /// <summary>A kernel that does nothing but round, four numbers at a time.</summary>
    public static KernelGroup Rounding(TensorGraph graph, KernelGroup group) => group with
    {
        Body = new RuntimeCallBody(Round, default),
        Results = group.Epilogue,
        Operands = graph[group.Epilogue[0]].Inputs,
        Epilogue = default,
    };

    /// <summary>The value that has a row, or an element, for each thread, and the floats of one such part of it.</summary>
    public static (TensorType Type, long Part) Work(TensorGraph graph, KernelGroup group)
    {
        var call = (RuntimeCallBody)group.Body!;
        if (!Classes.Contains(call.Function.Split('.')[0]))
            throw new NotSupportedException($"{call.Function} has no kernel for CUDA.");
        var result = graph[group.Results[0]].Type;
        if (IsRecurrence(call))
            return (result, (long)result.Dims[result.Rank - 1] * result.Dims[result.Rank - 2]);
        if (IsAttention(call))
            return (result.WithDims([AttentionThreads(call)]), 1);
        if (CoveringWindows(call) is { } windows)
            return (result.WithDims([windows.Rows, windows.Columns, result.Dims[2]]), 1);
        if (call.Function is "BatchNormKernels.Moments" or "BatchNormKernels.GradientSums")
            return (result.WithDims(result.Dims.Skip(1)), 1);
        if (IsCtc(call))
            return call.Function == "CtcKernels.Gradient" ? (result, call.Constants[0]) : (TensorType.PerSample(), 1);
        if (call.Function == "IndexKernels.Order")
            return (result, 2);
        if (call.Function == "IndexKernels.Ranking")
            return (graph[group.Operands[0]].Type, 1);
        // A thread walks along the axis.
        if (call.Function.StartsWith("ScanKernels.", StringComparison.Ordinal))
            return (result, call.Constants[2]);
        if (!TakesRows(call))
            return (result, 1);
        var rows = graph[group.Operands[0]].Type;
        return (rows, IsNorm(call) ? call.Constants[1] * call.Constants[3] : rows.Dims[rows.Rank - 1]);
    }

    /// <summary>The operands and results: of an attention or a recurrent layer without a bias some other operand stands for it.</summary>
    public static IEnumerable<int> Values(KernelGroup group)
    {
        var call = (RuntimeCallBody)group.Body!;
        if (call.Struct is null || HasBias(group) || (IsRecurrence(call) && IsGradient(call)))
            return group.Operands.Concat(group.Results);
        var before = IsRecurrence(call) ? 2 : IsGradient(call) ? 4 : 3;
        return group.Operands.Take(before).Append(group.Operands[0]).Concat(group.Operands.Skip(before)).Concat(group.Results);
    }

    /// <summary>The stream of which it takes the key.</summary>
    public static uint? Stream(KernelGroup group) => group.Body is RuntimeCallBody { TakesKey: true } call ? call.Stream ?? 0 : null;

    /// <summary>C# of the constants: as they are, or as the windows of a pooling or the shape of an attention.</summary>
    public static IEnumerable<string> Constants(KernelGroup group)
    {
        var call = (RuntimeCallBody)group.Body!;
        var numbers = call.Constants.Select(c => CudaIndex.Number(c));
        if (call.Struct is { } shape)
        {
            var named = numbers.Zip(call.Names, (number, name) => $"{name}: {number}");
            return [$"new {shape}({string.Join(", ", HasBias(group) ? named.Append("bias: 1") : named)})"];
        }
        return call.Function.StartsWith("PoolKernels.", StringComparison.Ordinal) ? [$"new PoolWindows({string.Join(", ", numbers)})"] : numbers;
    }

    /// <summary>
    /// Of the gradient of a pooling whose windows lie side by side from the image's corner on, how many windows cover the image; null: it
    /// is something else. Each pixel is in at most one window there, and a thread writes all pixels of one instead of looking for those of
    /// a pixel.
    /// </summary>
    private static (int Rows, int Columns)? CoveringWindows(RuntimeCallBody call)
    {
        if (call.Function != "PoolKernels.MaxPool2DGradient")
            return null;
        // In the order of PoolWindows.
        var (height, width, outHeight, outWidth) = (call.Constants[0], call.Constants[1], call.Constants[3], call.Constants[4]);
        var (poolH, poolW, strideH, strideW) = (call.Constants[5], call.Constants[6], call.Constants[7], call.Constants[8]);
        var (top, left) = (call.Constants[9], call.Constants[10]);
        var areSideBySide = poolH == strideH && poolW == strideW && top == 0 && left == 0;
        // With padding behind the image a window may begin there.
        var areInside = outHeight * poolH <= height && outWidth * poolW <= width;
        return areSideBySide && areInside ? ((height + poolH - 1) / poolH, (width + poolW - 1) / poolW) : null;
    }

    private static bool TakesRows(RuntimeCallBody call) =>
        IsNorm(call) || call.Function.StartsWith("SoftmaxKernels.", StringComparison.Ordinal);

    private static bool IsAttention(RuntimeCallBody call) => call.Function.StartsWith("AttentionKernels.", StringComparison.Ordinal);

    private static bool IsCtc(RuntimeCallBody call) => call.Function.StartsWith("CtcKernels.", StringComparison.Ordinal);

    private static bool IsRecurrence(RuntimeCallBody call) => call.Function.StartsWith("RecurrenceKernels.", StringComparison.Ordinal);

    private static bool IsGradient(RuntimeCallBody call) => call.Function.Contains("Gradient");

    private static bool HasBias(KernelGroup group)
    {
        var call = (RuntimeCallBody)group.Body!;
        return IsRecurrence(call) ? !IsGradient(call) && group.Operands.Count == 3 : group.Operands.Count == (IsGradient(call) ? 7 : 4);
    }

    /// <summary>Whether a block, not a thread, takes each part of the work.</summary>
    public static bool TakesBlocks(RuntimeCallBody call) => IsRecurrence(call);

    /// <summary>For each sample: a thread for each row of a head, or for each key, or first those and then these.</summary>
    private static int AttentionThreads(RuntimeCallBody call)
    {
        int Argument(string name, int otherwise = 0) => call.Names.ToList().IndexOf(name) is var i and >= 0 ? call.Constants[i] : otherwise;
        var (rows, keys) = (Argument("heads") * Argument("queries"), Argument("keyHeads") * Argument("keys"));
        return Argument("outer", 1) * call.Function.Split('.')[1] switch
        {
            "KeyGradient" or "ValueGradient" => keys,
            "Gradient" or "PackedGradient" => rows + keys,
            _ => rows,
        };
    }

    /// <summary>Its rows are groups of positions × width numbers.</summary>
    private static bool IsNorm(RuntimeCallBody call) => call.Function.StartsWith("NormKernels.", StringComparison.Ordinal);
}
