namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>
/// Where the numbers of a product's operand lie: number (index, k) at <c>AtIndex(index) + AtK(k)</c> in a view. The index is the row of the left operand or the
/// column of the right one. Matrices in both orders are such operands, and so are the windows of an image: AtIndex then gives where the window of a pixel begins, AtK
/// where a number lies in its window, or the other way round.
/// </summary>
/// <param name="View">C# text: an <c>ArrayView&lt;float&gt;</c>, or of <see cref="TilePrecision.BFloat16"/> an <c>ArrayView&lt;ushort&gt;</c>. It begins at a multiple of 16 bytes.</param>
/// <param name="KIsContiguous">Whether <paramref name="AtK"/> goes up by one with k; else <paramref name="AtIndex"/> does so with the index.</param>
/// <param name="Vector">
/// How many neighbours always lie side by side and at a multiple of their own size: 4, 2 or 1 floats, 8, 4 or 2 of 16 bits. Divides the extent along which they lie.
/// </param>
/// <param name="Inside">
/// Numbers, by index and k, that are not negative and below a limit where the operand has something; elsewhere it is 0, and its place may be anything. Null: it has something
/// everywhere. All numbers of a vector are inside, or none is.
/// </param>
internal sealed record MatMulOperand(
    string View, bool KIsContiguous, int Vector, Func<Formula, Formula> AtIndex, Func<Formula, Formula> AtK,
    Func<Formula, Formula, IReadOnlyList<(Formula Number, int Limit)>>? Inside = null)
{
    /// <summary>A matrix.</summary>
    /// <param name="view">C# text.</param>
    /// <param name="kIsContiguous">Left: whether it is stored [rows, k]. Right: whether it is stored [columns, k].</param>
    /// <param name="stride">Numbers from one row (as stored) to the next.</param>
    /// <param name="extent">Numbers in a row (as stored).</param>
    /// <param name="precision">Of the product.</param>
    /// <param name="offset">Where it begins in the view.</param>
    public static MatMulOperand Matrix(string view, bool kIsContiguous, int stride, int extent, TilePrecision precision, int offset = 0)
    {
        Func<Formula, Formula> along = number => number, across = number => number * stride;
        return new MatMulOperand(
            view, kIsContiguous, WidestVector(precision, stride, extent, offset),
            index => (kIsContiguous ? across(index) : along(index)) + offset, k => kIsContiguous ? along(k) : across(k));
    }

    /// <summary>
    /// The windows that a convolution multiplies, read out of the image [batch, height, width, channels] where they lie, without a copy. A window is a row of the left
    /// operand and its numbers [kernel rows, kernel columns, channels] are k; for the gradient of the weights the numbers are the rows and the windows of the whole batch k.
    /// Where a window reaches over the image's edge, it is 0.
    /// </summary>
    /// <param name="view">C# text.</param>
    /// <param name="windows">Which.</param>
    /// <param name="windowsAreRows">Whether the windows are the rows; else they are k.</param>
    /// <param name="precision">Of the product.</param>
    /// <param name="offset">Where the image begins in the view.</param>
    public static MatMulOperand Windows(string view, ImageWindows windows, bool windowsAreRows, TilePrecision precision, int offset = 0)
    {
        Func<Formula, Formula> begin = window => windows.Begin(window) + offset, within = windows.Within;
        return new MatMulOperand(
            view, windowsAreRows, WidestVector(precision, windows.ContiguousParts.Append(offset).ToArray()), windowsAreRows ? begin : within, windowsAreRows ? within : begin,
            !windows.IsPadded ? null : windowsAreRows ? windows.Inside : (number, window) => windows.Inside(window, number));
    }

    /// <summary>An operand that loops walk through: those over rows (or columns), and those of the sum.</summary>
    /// <param name="view">C# text.</param>
    /// <param name="index">The loops over the left operand's rows or the right one's columns.</param>
    /// <param name="k">The loops of the sum.</param>
    /// <param name="precision">Of the product.</param>
    /// <param name="start">Where the first number lies in the view; may be ahead of it, where <paramref name="inside"/> says that nothing is there.</param>
    /// <param name="inside">See <see cref="Inside"/>. No vector then reaches over the innermost loop.</param>
    /// <param name="windows">Whether rows belong together as <see cref="MatMulKernel.Window"/> says: threads then read along k.</param>
    public static MatMulOperand OfLoops(
        string view, NestedLoops index, NestedLoops k, TilePrecision precision, int start = 0,
        Func<Formula, Formula, IReadOnlyList<(Formula Number, int Limit)>>? inside = null, bool windows = false)
    {
        var kIsContiguous = windows || !(k.Contiguous == 1) || index.Contiguous == 1;
        var (along, across) = kIsContiguous ? (k, index) : (index, k);
        var extent = inside is null ? along.Contiguous : along.Loops[along.Loops.Count - 1] is (var innermost, 1) ? innermost : 1;
        var vector = WidestVector(precision, along.OtherStrides.Concat(across.Strides).Append(extent ?? 1).Append(start).ToArray());
        return new MatMulOperand(view, kIsContiguous, vector, steps => start < 0 ? index.At(steps) - -start : index.At(steps) + start, k.At, inside);
    }

    /// <summary>The largest vector that divides all of these numbers.</summary>
    public static int WidestVector(TilePrecision precision, params int[] numbers)
    {
        var vector = precision == TilePrecision.BFloat16 ? 8 : 4;
        while (numbers.Any(number => number % vector != 0))
            vector /= 2;
        return vector;
    }
}
