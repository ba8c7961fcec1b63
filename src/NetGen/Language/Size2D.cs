using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>Rows and columns of a kernel, a pooling window or a stride: <c>3</c> is 3×3, <c>(1, 7)</c> is one row of seven.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <example><code>private readonly Layer wide = Conv2D(32, kernel: (3, 5)), square = MaxPool2D(2);</code></example>
public readonly record struct Size2D(int Height, int Width)
{
    /// <summary>A square.</summary>
    public static implicit operator Size2D(int size) => new(size, size);

    /// <summary>(height, width).</summary>
    public static implicit operator Size2D((int Height, int Width) size) => new(size.Height, size.Width);

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Height = {Height}, Width = {Width}");
        return true;
    }
}
