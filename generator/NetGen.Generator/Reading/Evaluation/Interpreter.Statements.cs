using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading.Evaluation;

internal sealed partial class Interpreter
{
    /// <summary>How a statement ended.</summary>
    private enum Flow
    {
        Next,
        Break,
        Continue,
        Return,
    }

    /// <summary>The value of the return statement that is under way.</summary>
    private object? returned;

    private SyntaxNode? returnedFrom;

    private Flow Execute(IOperation statement, Scope scope)
    {
        Enter(statement.Syntax);
        try
        {
            return ExecuteCore(statement, scope);
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw Failure(e, statement);
        }
        finally
        {
            Budget.Leave();
        }
    }

    private Flow ExecuteCore(IOperation statement, Scope scope)
    {
        switch (statement)
        {
            case IBlockOperation block:
                return ExecuteAll(block.Operations, scope.Nested());
            case IVariableDeclarationGroupOperation group:
                foreach (var declarator in group.Declarations.SelectMany(d => d.Declarators))
                    Declare(declarator, scope);
                return Flow.Next;
            case IExpressionStatementOperation expression:
                Evaluate(expression.Operation, scope);
                return Flow.Next;
            case IReturnOperation { Kind: OperationKind.Return } result:
                returned = result.ReturnedValue is null ? null : Evaluate(result.ReturnedValue, scope);
                returnedFrom = result.ReturnedValue?.Syntax;
                return Flow.Return;
            case IConditionalOperation condition:
                var branch = Condition(condition.Condition, scope) ? condition.WhenTrue : condition.WhenFalse;
                return branch is null ? Flow.Next : Execute(branch, scope);
            case IForLoopOperation loop:
                return For(loop, scope.Nested());
            case IForEachLoopOperation loop:
                return ForEach(loop, scope);
            case IWhileLoopOperation loop:
                return While(loop, scope);
            case ISwitchOperation choice:
                return Switch(choice, scope.Nested());
            case IBranchOperation { BranchKind: BranchKind.Break }:
                return Flow.Break;
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                return Flow.Continue;
            case ILocalFunctionOperation:
            case IEmptyOperation:
                return Flow.Next;
            case IThrowOperation thrown:
                throw Thrown(thrown, scope);
            case IInvalidOperation:
                throw new BrokenCodeException();
            default:
                throw Outside(statement, Describe(statement));
        }
    }

    private Flow ExecuteAll(IEnumerable<IOperation> statements, Scope scope)
    {
        // Local functions may be called before their declaration.
        foreach (var function in statements.OfType<ILocalFunctionOperation>())
        {
            if (function.Body is { } body)
            {
                var symbol = function.Symbol;
                // What is no plain function is an error where it is called.
                if (symbol.IsAsync || symbol.IsIterator || symbol.ReturnsByRef || symbol.ReturnsByRefReadonly)
                    continue;
                scope.Declare(symbol, new Closure(symbol.Name, symbol.Parameters, body, scope, new object(), function.Syntax));
            }
        }
        foreach (var statement in statements)
        {
            var flow = Execute(statement, scope);
            if (flow != Flow.Next)
                return flow;
        }
        return Flow.Next;
    }

    private void Declare(IVariableDeclaratorOperation declarator, Scope scope)
    {
        if (declarator.Symbol.RefKind != RefKind.None)
            throw Outside(declarator, "a ref variable");
        var initializer = declarator.GetVariableInitializer();
        var value = initializer is null ? null : Evaluate(initializer.Value, scope);
        scope.Declare(declarator.Symbol, value);
    }

    private Flow For(IForLoopOperation loop, Scope scope)
    {
        foreach (var statement in loop.Before)
            Execute(statement, scope);
        while (true)
        {
            // What a condition declares is new in each turn.
            var turn = scope.Nested();
            if (loop.Condition is not null && !LoopBound(loop.Condition, turn))
                break;
            LoopStep(loop);
            var flow = Execute(loop.Body, turn);
            if (flow is Flow.Return)
                return flow;
            if (flow is Flow.Break)
                break;
            foreach (var statement in loop.AtLoopBottom)
                Execute(statement, turn);
        }
        return Flow.Next;
    }

    private Flow While(IWhileLoopOperation loop, Scope scope)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var turn = scope.Nested();
            if ((loop.ConditionIsTop || !isFirst) && !Continues(turn))
                return Flow.Next;
            LoopStep(loop);
            var flow = Execute(loop.Body, turn);
            if (flow is Flow.Return)
                return flow;
            if (flow is Flow.Break)
                return Flow.Next;
        }

        bool Continues(Scope turn) => loop.Condition is null || LoopBound(loop.Condition, turn) != loop.ConditionIsUntil;
    }

    private Flow ForEach(IForEachLoopOperation loop, Scope scope)
    {
        if (loop.IsAsynchronous)
            throw Outside(loop, "await foreach");
        var elements = Model(loop.Syntax).GetForEachStatementInfo((CommonForEachStatementSyntax)loop.Syntax).ElementType;
        // A list or an array may be typed as something it converts to; the place of an error is what the user wrote.
        var collection = loop.Collection;
        while (collection is IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion)
            collection = conversion.Operand;
        var items = LoopBound(() => Evaluate(collection, scope) is { } value and (string or ArrayValue)
            ? value
            : throw Error(Descriptors.NotConstant, $"'{collection.Syntax}' is not an array that is known at compile time.", collection.Syntax));
        foreach (var item in Enumerated(items, collection))
        {
            LoopStep(loop);
            var inner = scope.Nested();
            switch (loop.LoopControlVariable)
            {
                case IVariableDeclaratorOperation variable:
                    if (variable.Symbol.RefKind != RefKind.None)
                        throw Outside(variable, "a ref variable");
                    inner.Declare(variable.Symbol, ConvertTo(item, elements, variable.Symbol.Type, isChecked: true, variable));
                    break;
                case { } pattern:
                    Place(pattern, inner, elements).Set(item);
                    break;
            }
            var flow = Execute(loop.Body, inner);
            if (flow is Flow.Return)
                return flow;
            if (flow is Flow.Break)
                break;
        }
        return Flow.Next;
    }

    /// <summary>What a loop runs over must be constant; where it is not, the loop is what the user should look at.</summary>
    private T LoopBound<T>(Func<T> evaluate)
    {
        try
        {
            return evaluate();
        }
        catch (ReadException e) when (e.Descriptor == Descriptors.NotConstant)
        {
            throw Error(Descriptors.EndlessLoop, $"The loop has no constant bounds: {e.Message}", e.Place, e.IsThrown);
        }
    }

    private bool LoopBound(IOperation condition, Scope scope) => LoopBound(() => Condition(condition, scope));

    private void LoopStep(ILoopOperation loop)
    {
        if (Budget.IsExhausted)
        {
            throw Error(
                Descriptors.EndlessLoop,
                $"The loop does not end within the {Budget.Steps} steps that reading a network may take. It runs while the network is compiled; its bounds must be constant and small.",
                loop.Syntax);
        }
        Step(loop);
    }

    private Flow Switch(ISwitchOperation choice, Scope scope)
    {
        var value = Evaluate(choice.Value, scope);
        var matching = choice.Cases.FirstOrDefault(c => c.Clauses.Any(clause => Matches(clause, value, scope)))
            ?? choice.Cases.FirstOrDefault(c => c.Clauses.Any(clause => clause is IDefaultCaseClauseOperation));
        if (matching is null)
            return Flow.Next;
        var flow = ExecuteAll(matching.Body, scope);
        return flow is Flow.Break ? Flow.Next : flow;
    }

    private bool Matches(ICaseClauseOperation clause, object? value, Scope scope) => clause switch
    {
        IDefaultCaseClauseOperation => false,
        ISingleValueCaseClauseOperation single => Equals(Evaluate(single.Value, scope), value),
        IPatternCaseClauseOperation pattern =>
            Matches(pattern.Pattern, value, scope) && (pattern.Guard is null || Condition(pattern.Guard, scope)),
        _ => throw Outside(clause, "this case"),
    };

    /// <summary>A condition decides what is compiled, so it must be a constant.</summary>
    private bool Condition(IOperation condition, Scope scope) =>
        Evaluate(condition, scope) is bool holds ? holds : throw Outside(condition, "this condition");

    /// <summary>User functions check their arguments as C# always does; what would be an exception is an error of the build.</summary>
    private ReadException Thrown(IThrowOperation thrown, Scope scope)
    {
        var exception = thrown.Exception;
        while (exception is IConversionOperation conversion)
            exception = conversion.Operand;
        if (exception is not IObjectCreationOperation { Constructor: { } constructor } creation)
            return Outside(thrown, "this throw");
        var texts = creation.Arguments
            .Where(a => a.Parameter?.Name is "message")
            .Select(a => Evaluate(a.Value, scope) as string)
            .Where(t => !string.IsNullOrEmpty(t))
            .DefaultIfEmpty($"{constructor.ContainingType.Name} is thrown here.");
        return Error(Descriptors.OutOfRange, string.Join(" ", texts), thrown.Syntax, isThrown: true);
    }
}
