using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Reading;

/// <summary>
/// Errors of C# that come from taking a tensor for a number: <c>if (gate > 0)</c>, <c>x * 0.5</c>, <c>MathF.Exp(x)</c>. C# says that there is no such
/// operator or conversion; what to write instead only NetGen knows, so it is said beside. Names of other libraries are in <see
/// cref="ForeignNames"/>.
/// </summary>
internal static class TensorMisuse
{
    private const string RunTime = "What a tensor holds is known only when the network runs, for each sample something else";

    /// <summary>Why a tensor is no condition, and what is written instead.</summary>
    public const string Choice =
        RunTime + ", so it cannot choose what is computed. Compute both and take Where(x > 0f, a, b), or weigh them, gate * a + (1f - gate) * b with gate = Sigmoid(...); "
        + "Relu(x), Abs(x) and LeakyRelu(x) choose by sign. Shapes, ranks and constants may be conditions.";

    public static IEnumerable<Diagnostic> In(IEnumerable<(SemanticModel Model, SyntaxNode Member)> members, CancellationToken cancellation)
    {
        var said = new HashSet<Location>();
        foreach (var (model, member) in members)
        {
            foreach (var error in model.GetDiagnostics(member.Span, cancellation).Where(d => d.Severity == DiagnosticSeverity.Error))
            {
                var node = member.SyntaxTree.GetRoot(cancellation).FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
                if (Explain(error.Id, node, model) is var (place, message, replacement) && said.Add(place.GetLocation()))
                    yield return Diagnostic.Create(Descriptors.TensorAsNumber, place.GetLocation(), Descriptors.Properties(replacement), message);
                else if (ForeignNames.Explain(error.Id, node, expression => IsTensor(expression, model)) is var (at, advice) && said.Add(at.GetLocation()))
                    yield return Diagnostic.Create(Descriptors.ForeignName, at.GetLocation(), advice);
            }
        }
    }

    private static (SyntaxNode Place, string Message, string? Replacement)? Explain(string error, SyntaxNode node, SemanticModel model)
    {
        bool IsTensor(SyntaxNode? expression) => TensorMisuse.IsTensor(expression, model);
        switch (error, node)
        {
            case ("CS0019", BinaryExpressionSyntax binary) when IsTensor(binary.Left) || IsTensor(binary.Right):
                return Operator(binary, IsTensor(binary.Left) ? binary.Right : binary.Left, model);
            case ("CS0019", AssignmentExpressionSyntax assignment) when IsTensor(assignment.Left) || IsTensor(assignment.Right):
                return Operator(assignment, IsTensor(assignment.Left) ? assignment.Right : assignment.Left, model);
            case ("CS0023", PrefixUnaryExpressionSyntax not) when IsTensor(not.Operand):
                return (not, not.IsKind(SyntaxKind.LogicalNotExpression) ? Choice : NoOperator(not.OperatorToken.Text), null);
            case ("CS0023", PostfixUnaryExpressionSyntax unary) when IsTensor(unary.Operand):
                return (unary, NoOperator(unary.OperatorToken.Text), null);
            case ("CS0029" or "CS0030" or "CS0266", _) when node.FirstAncestorOrSelf<PatternSyntax>() is not null:
                return null;
            case ("CS0029" or "CS0030" or "CS0266", ExpressionSyntax expression):
                var source = expression is CastExpressionSyntax cast ? cast.Expression : expression;
                return IsTensor(source) ? Conversion(expression, model) : FromNumber(expression, model);
            case ("CS1061", _) when node.FirstAncestorOrSelf<MemberAccessExpressionSyntax>() is { } access && IsTensor(access.Expression):
                return Member(access);
            case ("CS1503", _) when node.FirstAncestorOrSelf<ArgumentSyntax>() is { Parent.Parent: InvocationExpressionSyntax call } argument && IsTensor(argument.Expression):
                return Argument(call, argument);
            case ("CS1579" or "CS1929", _) when IsTensor(node):
                return (node, RunTime + "; a loop over its elements is what the functions of NetGen.Ops are: they work on all of them at once.", null);
            case ("CS8781" or "CS8121" or "CS9135" or "CS0150", _) when node.FirstAncestorOrSelf<IsPatternExpressionSyntax>() is { } pattern && IsTensor(pattern.Expression):
                return (pattern, Choice, null);
            default:
                return null;
        }
    }

    private static bool IsTensor(SyntaxNode? expression, SemanticModel model) =>
        expression is not null && model.GetTypeInfo(expression).Type is { } type && (type.Is("Tensor") || type.Is("Parameter"));

    private static (SyntaxNode, string, string?)? Operator(ExpressionSyntax expression, ExpressionSyntax other, SemanticModel model)
    {
        switch (expression.Kind())
        {
            case SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression
                or SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.BitwiseAndExpression or SyntaxKind.BitwiseOrExpression:
                return (expression, Choice, null);
            case SyntaxKind.AddExpression or SyntaxKind.SubtractExpression or SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression
                or SyntaxKind.GreaterThanExpression or SyntaxKind.LessThanExpression or SyntaxKind.GreaterThanOrEqualExpression
                or SyntaxKind.LessThanOrEqualExpression
                or SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression or SyntaxKind.MultiplyAssignmentExpression
                or SyntaxKind.DivideAssignmentExpression:
                var type = model.GetTypeInfo(other).Type;
                if (type?.SpecialType is SpecialType.System_Double or SpecialType.System_Decimal)
                {
                    var asFloat = other is LiteralExpressionSyntax ? other.ToString().TrimEnd('d', 'D', 'm', 'M') + "f" : $"(float)({other})";
                    return (other, $"Tensors are of floats, and '{other}' is a {type.ToDisplayString()}. Write {asFloat}.", asFloat);
                }
                return type.IsLayer()
                    ? (expression, $"'{other}' is a layer, which is called like a function: {other}({(type.Is("Layer") ? "x" : "x, memory")}).", null)
                    : null;
            default:
                return (expression, NoOperator(expression is BinaryExpressionSyntax binary ? binary.OperatorToken.Text : ((AssignmentExpressionSyntax)expression).OperatorToken.Text), null);
        }
    }

    private static string NoOperator(string text) => $"Tensors have no operator '{text}': they have + - * /, comparisons and the functions of NetGen.Ops.";

    private static (SyntaxNode, string, string?)? Conversion(ExpressionSyntax expression, SemanticModel model)
    {
        var info = model.GetTypeInfo(expression);
        var target = expression is CastExpressionSyntax ? info.Type : info.ConvertedType;
        // A condition that is no bool stays unconverted.
        if (expression.Parent is IfStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
            || (expression.Parent is ConditionalExpressionSyntax choice && choice.Condition == expression))
        {
            return (expression, Choice, null);
        }
        return target?.SpecialType switch
        {
            SpecialType.System_Boolean => (expression, Choice, null),
            SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Int32 or SpecialType.System_Int64 =>
                (expression, RunTime + "; it is no number while the network is compiled. What is computed from a tensor is a tensor: keep it in one.", null),
            _ => null,
        };
    }

    private static (SyntaxNode, string, string?)? FromNumber(ExpressionSyntax expression, SemanticModel model)
    {
        var info = model.GetTypeInfo(expression);
        return info.ConvertedType is { } target && target.Is("Tensor")
            && info.Type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Int32 or SpecialType.System_Int64
                ? (expression, "A number by itself is no tensor. Start from the first tensor of the sum or product instead; numbers join tensors by operators (x + 1f).", null)
                : null;
    }

    private static (SyntaxNode, string, string?)? Member(MemberAccessExpressionSyntax access)
    {
        if (Function(access.Name.Identifier.ValueText) is not { } function)
            return null;
        var call = access.Parent as InvocationExpressionSyntax;
        var rest = call is null || call.ArgumentList.Arguments.Count == 0 ? "" : ", " + call.ArgumentList.Arguments;
        var written = $"{function}({access.Expression}{rest})";
        return ((SyntaxNode?)call ?? access, $"Functions of tensors are those of NetGen.Ops, not members. Write {written}.", call is null ? null : written);
    }

    private static (SyntaxNode, string, string?)? Argument(InvocationExpressionSyntax call, ArgumentSyntax argument)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: var owner, Name.Identifier.ValueText: var name }
            || owner.ToString() is not ("Math" or "MathF" or "System.Math" or "System.MathF" or "float" or "double"))
        {
            return null;
        }
        const string Numbers = "Math and MathF compute with numbers.";
        if (name == "Max" && call.ArgumentList.Arguments.Count == 2 && call.ArgumentList.Arguments.Any(a => a.ToString() is "0" or "0f" or "0.0f"))
            return (call, $"{Numbers} Write Relu({argument.Expression}).", $"Relu({argument.Expression})");
        return Function(name) is { } function && call.ArgumentList.Arguments.Count == 1
            ? (call, $"{Numbers} Write {function}({argument.Expression}).", $"{function}({argument.Expression})")
            : (call, $"{Numbers} The functions of tensors are those of NetGen.Ops.", null);
    }

    /// <summary>The function of NetGen.Ops that goes by this name elsewhere.</summary>
    private static string? Function(string name) => OperationRegistry.Functions.Keys.FirstOrDefault(
        f => f.Equals(name, StringComparison.OrdinalIgnoreCase) && f is not ("Add" or "Subtract" or "Multiply" or "Divide" or "Negate" or "Slice" or "Greater"
            or "GreaterOrEqual" or "Less" or "LessOrEqual"));
}
