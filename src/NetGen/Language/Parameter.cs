namespace NetGen;

/// <summary>
/// A bare weight of a network, made by <see cref="Layers.Parameter(int[])"/> in a field: for layers of your own and for weights used in
/// two places. It converts to a <see cref="Tensor"/> that is the same for every sample; its name in files is the field's.
/// </summary>
/// <example>
/// <code>
/// private readonly Parameter scale = Parameter([64], Init.Ones);
/// public Tensor Forward([Shape(64)] Tensor x) => x * scale;
/// </code>
/// </example>
public sealed class Parameter
{
    internal static readonly Parameter Stub = new();

    private Parameter()
    {
    }

    /// <summary>A part, as <see cref="Tensor.this[TensorIndex[]]"/> of a tensor.</summary>
    /// <param name="at">Constants, one for each axis: whole numbers, indices and ranges.</param>
    public Tensor this[params TensorIndex[] at] => throw NotExecuted.Error("Parameter[]");

    /// <summary>left + right, element by element; shapes broadcast.</summary>
    public static Tensor operator +(Parameter left, Parameter right) => throw NotExecuted.Error("Parameter +");

    /// <summary>left + right for every element.</summary>
    public static Tensor operator +(Parameter left, float right) => throw NotExecuted.Error("Parameter +");

    /// <summary>left + right for every element.</summary>
    public static Tensor operator +(float left, Parameter right) => throw NotExecuted.Error("Parameter +");

    /// <summary>left − right, element by element; shapes broadcast.</summary>
    public static Tensor operator -(Parameter left, Parameter right) => throw NotExecuted.Error("Parameter -");

    /// <summary>left − right for every element.</summary>
    public static Tensor operator -(Parameter left, float right) => throw NotExecuted.Error("Parameter -");

    /// <summary>left − right for every element.</summary>
    public static Tensor operator -(float left, Parameter right) => throw NotExecuted.Error("Parameter -");

    /// <summary>left · right, element by element; shapes broadcast.</summary>
    public static Tensor operator *(Parameter left, Parameter right) => throw NotExecuted.Error("Parameter *");

    /// <summary>left · right for every element.</summary>
    public static Tensor operator *(Parameter left, float right) => throw NotExecuted.Error("Parameter *");

    /// <summary>left · right for every element.</summary>
    public static Tensor operator *(float left, Parameter right) => throw NotExecuted.Error("Parameter *");

    /// <summary>left / right, element by element; shapes broadcast.</summary>
    public static Tensor operator /(Parameter left, Parameter right) => throw NotExecuted.Error("Parameter /");

    /// <summary>left / right for every element.</summary>
    public static Tensor operator /(Parameter left, float right) => throw NotExecuted.Error("Parameter /");

    /// <summary>left / right for every element.</summary>
    public static Tensor operator /(float left, Parameter right) => throw NotExecuted.Error("Parameter /");

    /// <summary>−x for every element.</summary>
    public static Tensor operator -(Parameter x) => throw NotExecuted.Error("Parameter -");

    /// <summary>1 where left is above right, 0 elsewhere; shapes broadcast.</summary>
    public static Tensor operator >(Parameter left, Parameter right) => throw NotExecuted.Error("Parameter >");

    /// <summary>1 where left is above right, 0 elsewhere.</summary>
    public static Tensor operator >(Parameter left, float right) => throw NotExecuted.Error("Parameter >");

    /// <summary>1 where left is above right, 0 elsewhere.</summary>
    public static Tensor operator >(float left, Parameter right) => throw NotExecuted.Error("Parameter >");

    /// <summary>1 where left is below right, 0 elsewhere; shapes broadcast.</summary>
    public static Tensor operator <(Parameter left, Parameter right) => throw NotExecuted.Error("Parameter <");

    /// <summary>1 where left is below right, 0 elsewhere.</summary>
    public static Tensor operator <(Parameter left, float right) => throw NotExecuted.Error("Parameter <");

    /// <summary>1 where left is below right, 0 elsewhere.</summary>
    public static Tensor operator <(float left, Parameter right) => throw NotExecuted.Error("Parameter <");

    /// <summary>1 where left is at least right, 0 elsewhere; shapes broadcast.</summary>
    public static Tensor operator >=(Parameter left, Parameter right) => throw NotExecuted.Error("Parameter >=");

    /// <summary>1 where left is at least right, 0 elsewhere.</summary>
    public static Tensor operator >=(Parameter left, float right) => throw NotExecuted.Error("Parameter >=");

    /// <summary>1 where left is at least right, 0 elsewhere.</summary>
    public static Tensor operator >=(float left, Parameter right) => throw NotExecuted.Error("Parameter >=");

    /// <summary>1 where left is at most right, 0 elsewhere; shapes broadcast.</summary>
    public static Tensor operator <=(Parameter left, Parameter right) => throw NotExecuted.Error("Parameter <=");

    /// <summary>1 where left is at most right, 0 elsewhere.</summary>
    public static Tensor operator <=(Parameter left, float right) => throw NotExecuted.Error("Parameter <=");

    /// <summary>1 where left is at most right, 0 elsewhere.</summary>
    public static Tensor operator <=(float left, Parameter right) => throw NotExecuted.Error("Parameter <=");
}
