using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Common;

namespace NetGen.Generator.Tables;

/// <summary>
/// A project with its tables: what networks are read in. A generator's own files are in no compilation that it gets, so
/// [Shape(AdultTable.FeatureCount)] would mean nothing; here they are added, and all that C# can say of a table means what it will mean to
/// the compiler.
/// </summary>
internal static class TableTrees
{
    /// <summary>One for all networks of a compilation, for its symbols are made once then.</summary>
    private static readonly ConditionalWeakTable<Compilation, Tuple<EquatableArray<string>, Compilation>> Made = new();

    public static Compilation With(Compilation compilation, EquatableArray<string> tables, CancellationToken cancellation)
    {
        if (tables.Count == 0)
            return compilation;
        if (Made.TryGetValue(compilation, out var made) && made.Item1 == tables)
            return made.Item2;
        var options = compilation.SyntaxTrees.First().Options as CSharpParseOptions;
        var whole = compilation.AddSyntaxTrees(
            tables.Select(text => CSharpSyntaxTree.ParseText(text, options, cancellationToken: cancellation)));
        Made.Remove(compilation);
        Made.GetValue(compilation, _ => Tuple.Create(tables, whole));
        return whole;
    }
}
