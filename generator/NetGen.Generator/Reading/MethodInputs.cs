using Microsoft.CodeAnalysis;
using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Reading.Evaluation;

namespace NetGen.Generator.Reading;

/// <summary>
/// What is generated of a method takes its parameters, and behind each that is a sequence the lengths of the sequences of a batch.
/// </summary>
internal sealed class MethodInputs
{
    private readonly INamedTypeSymbol type;
    private readonly IMethodSymbol method;
    private readonly List<InputModel> inputs = [];
    private readonly List<int> positions = [];

    private MethodInputs(INamedTypeSymbol type, IMethodSymbol method) => (this.type, this.method) = (type, method);

    /// <summary>All inputs.</summary>
    public IReadOnlyList<InputModel> All => inputs;

    /// <summary>Where among them the method's parameters are.</summary>
    public IReadOnlyList<int> OfParameters => positions;

    /// <param name="type">The class.</param>
    /// <param name="method">The method.</param>
    /// <param name="row">The type of a row of a parameter.</param>
    public static MethodInputs Of(INamedTypeSymbol type, IMethodSymbol method, Func<IParameterSymbol, TensorType> row)
    {
        var made = new MethodInputs(type, method);
        made.Add(row);
        return made;
    }

    /// <summary>How many there are.</summary>
    public static int Count(INamedTypeSymbol type, IMethodSymbol method)
    {
        var reader = new MethodInputs(type, method);
        return method.Parameters.Length + method.Parameters.Count(p => reader.Stating(p, "SequenceAttribute") is not null);
    }

    private void Add(Func<IParameterSymbol, TensorType> row)
    {
        var names = new UniqueNames(method.Parameters.Select(p => p.Name));
        var spaces = new Dictionary<string, RowSpace>();
        foreach (var parameter in method.Parameters)
        {
            positions.Add(inputs.Count);
            var input = new InputModel(parameter.Name, row(parameter)) { AreIndices = parameter.Type.Is("Indices") };
            if (Stating(parameter, "SequenceAttribute") is not { } attribute)
            {
                inputs.Add(input);
                continue;
            }
            var longest = attribute.ConstructorArguments is [{ Value: int max }] ? max : 0;
            if (longest < 1)
                throw new ReadException(Descriptors.OutOfRange,
                    $"A sequence has at least one step; the most steps of '{parameter.Name}' are {longest}.", Place(attribute, parameter));
            if (parameter.Attribute("StepsOfAttribute") is { } both)
                throw new ReadException(Descriptors.UnknownSequence,
                    $"'{parameter.Name}' is a sequence of its own or has the steps of another, not both.", Place(both, parameter));
            var space = new RowSpace(parameter.Name, longest, inputs.Count + 1, names.Take(parameter.Name + "Lengths"));
            // A second parameter of the name is an error of C#.
            spaces[parameter.Name] = space;
            inputs.Add(input with { Type = input.Type with { Rows = space } });
            inputs.Add(new InputModel(space.LengthsName, TensorType.Integers()) { LengthsOf = parameter.Name });
        }
        foreach (var (parameter, position) in method.Parameters.Zip(positions, (p, i) => (p, i)).ToArray())
        {
            if (Stating(parameter, "SequenceAttribute") is not null || Stating(parameter, "StepsOfAttribute") is not { } attribute)
                continue;
            var name = attribute.ConstructorArguments is [{ Value: string text }] ? text : "";
            if (!spaces.TryGetValue(name, out var space))
            {
                var known = spaces.Count == 0 ? $"'{method.Name}' has no [Sequence]"
                    : $"the sequences of '{method.Name}' are {string.Join(", ", spaces.Keys.Select(k => $"'{k}'"))}";
                throw new ReadException(Descriptors.UnknownSequence, $"'{parameter.Name}' has the steps of '{name}', but {known}.",
                    Place(attribute, parameter));
            }
            inputs[position] = inputs[position] with { Type = inputs[position].Type with { Rows = space } };
        }
    }

    /// <summary>The attribute of the parameter, or of Forward's parameter of the same name.</summary>
    private AttributeData? Stating(IParameterSymbol parameter, string attribute) => parameter.Attribute(attribute)
        ?? (parameter.Attribute("SequenceAttribute") is null && parameter.Attribute("StepsOfAttribute") is null
            ? type.GetMembers("Forward").OfType<IMethodSymbol>().SelectMany(f => f.Parameters)
                .FirstOrDefault(p => p.Name == parameter.Name && p.Type.IsIntegers() == parameter.Type.IsIntegers())?.Attribute(attribute)
            : null);

    private static SyntaxNode Place(AttributeData attribute, IParameterSymbol parameter) =>
        attribute.ApplicationSyntaxReference?.GetSyntax() ?? parameter.DeclaringSyntaxReferences[0].GetSyntax();
}
