using System.Reflection;

namespace NetGen.Cuda.Host;

/// <summary>A kernel in the driver.</summary>
/// <param name="method">What it was compiled from.</param>
/// <param name="module">The driver's module, which it is alone in.</param>
/// <param name="function">What is launched.</param>
internal sealed class CudaKernel(MethodInfo method, nint module, nint function)
{
    private readonly Type[] parameters = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];

    public nint Module { get; } = module;

    public nint Function { get; } = function;

    /// <summary>Refuses arguments that are not the kernel's: the driver would copy as many bytes as it expects, whatever is there.</summary>
    public void Check(ReadOnlySpan<CudaArgument> arguments)
    {
        var fits = arguments.Length == parameters.Length;
        for (var i = 0; fits && i < parameters.Length; i++)
        {
            fits = arguments[i].Type == parameters[i];
        }
        if (!fits)
        {
            var given = string.Join(", ", arguments.ToArray().Select(argument => argument.Type.Name));
            throw new NotSupportedException(
                $"{method.DeclaringType?.Name}.{method.Name} takes ({string.Join(", ", parameters.Select(type => type.Name))}), and the program launches it with ({given}). The network was compiled by another version than the one that runs: build the project again.");
        }
    }
}
