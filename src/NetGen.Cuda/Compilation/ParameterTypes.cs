using System.Reflection;

namespace NetGen.Cuda.Compilation;

/// <summary>What the type of a kernel's parameter may be: an optimizer goes to the device as it lies in memory.</summary>
internal static class ParameterTypes
{
    /// <summary>Refuses a type that cannot be passed.</summary>
    /// <exception cref="NotSupportedException">The type is not public, or holds something else than numbers; the message names it.</exception>
    public static void Check(Type type)
    {
        if (!type.IsVisible)
        {
            throw new NotSupportedException($"{type.FullName} cannot be used on a CUDA device because it is not public: the code that passes it to kernels is made at run time. Declare it public.");
        }
        CheckFields(type, type.Name, type);
    }

    private static void CheckFields(Type type, string path, Type whole)
    {
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            var name = $"{path}.{field.Name}";
            if (field.FieldType == typeof(bool) || field.FieldType == typeof(char) || !field.FieldType.IsValueType)
            {
                throw new NotSupportedException($"{whole.FullName} cannot be used on a CUDA device: {name} is a {field.FieldType.Name}. Keep it as an int or a float.");
            }
            if (!field.FieldType.IsPrimitive && !field.FieldType.IsEnum)
            {
                CheckFields(field.FieldType, name, whole);
            }
        }
    }
}
