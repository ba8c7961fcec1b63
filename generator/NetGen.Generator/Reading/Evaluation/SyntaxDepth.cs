using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>
/// How deeply a member's text is nested, found without recursion and before Roslyn is asked what it means, which is by recursion and for lambdas by an
/// analysis of everything inside them again.
/// </summary>
internal static class SyntaxDepth
{
    /// <summary>Nodes of the syntax tree: a call of a call has three more than the call.</summary>
    private const int MostNodes = 3000;

    private const int MostFunctions = 50;

    /// <summary>The number of nodes; throws where they are nested too deeply.</summary>
    public static int Check(SyntaxNode root)
    {
        var count = 0;
        var open = new Stack<(IEnumerator<SyntaxNode> Children, bool IsFunction)>();
        var functions = 0;
        Push(root);
        while (open.Count > 0)
        {
            var (children, isFunction) = open.Peek();
            if (children.MoveNext())
            {
                Push(children.Current);
                continue;
            }
            open.Pop();
            functions -= isFunction ? 1 : 0;
        }
        return count;

        void Push(SyntaxNode node)
        {
            count++;
            var isFunction = node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;
            functions += isFunction ? 1 : 0;
            if (functions > MostFunctions)
                throw new ReadException(Descriptors.TooDeep, $"More than {MostFunctions} functions are declared inside each other here.", node);
            if (open.Count > MostNodes)
                throw new ReadException(Descriptors.TooDeep, "This is nested too deeply to be read.", node);
            open.Push((node.ChildNodes().GetEnumerator(), isFunction));
        }
    }
}
