namespace NetGen;

/// <summary>One entry of a safetensors header.</summary>
/// <param name="Name">The name of the tensor.</param>
/// <param name="Type">The type of its values: <c>F32</c>, <c>BF16</c>, …</param>
/// <param name="Shape">Its shape in the file.</param>
/// <param name="Begin">Where its bytes begin, counted from the end of the header.</param>
/// <param name="End">Where its bytes end.</param>
internal readonly record struct SafeTensor(string Name, string Type, long[] Shape, long Begin, long End);
