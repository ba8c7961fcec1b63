using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generator.Diagnostics;

/// <summary>
/// A diagnostic by value. It is for classes where "partial" is missing: what C# says of that ends a build before any analyzer is asked, so
/// the generator says what the analyzer would have said.
/// </summary>
internal sealed record SaidByGenerator(string Id, string Message, string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static SaidByGenerator Of(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        return new(
            diagnostic.Id, diagnostic.GetMessage(CultureInfo.InvariantCulture), place.Path, diagnostic.Location.SourceSpan, place.Span);
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptors.All[Id], Location.Create(Path, Span, Lines), Message);
}
