using System.ComponentModel;
using System.Globalization;
using NetGen.Cuda.Host;
using NetGen.Runtime;

namespace NetGen.Cuda;

/// <summary>The argument checks of generated entry points that take a device's memory. Everything is checked before anything is computed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CudaArguments
{
    /// <summary>The number of samples in a buffer.</summary>
    /// <param name="network">The network that it is for.</param>
    /// <param name="buffer">The buffer.</param>
    /// <param name="perSample">The values of one sample.</param>
    /// <param name="name">The name of the buffer, as the caller knows it.</param>
    /// <param name="shape">The shape of one sample, for the message.</param>
    /// <exception cref="ArgumentException">The buffer is not memory of the network's device, or not a whole number of samples.</exception>
    /// <exception cref="ObjectDisposedException">The buffer has been disposed.</exception>
    public static int Batch<T>(NetworkState network, CudaBuffer<T> buffer, int perSample, string name, string shape)
        where T : unmanaged => Arguments.Batch(Count(network, buffer, name), perSample, name, shape);

    /// <summary>Checks that an input has as many samples as the first one.</summary>
    /// <inheritdoc cref="Batch{T}(NetworkState, CudaBuffer{T}, int, string, string)"/>
    public static void SameBatch<T>(NetworkState network, int batch, string batchName, CudaBuffer<T> buffer, int perSample, string name, string shape)
        where T : unmanaged => Arguments.SameBatch(batch, batchName, Count(network, buffer, name), perSample, name, shape);

    /// <summary>Checks that a buffer has the values of <paramref name="batch"/> samples.</summary>
    /// <inheritdoc cref="Batch{T}(NetworkState, CudaBuffer{T}, int, string, string)"/>
    public static void Length<T>(NetworkState network, CudaBuffer<T> buffer, int batch, int perSample, string name, string shape)
        where T : unmanaged => Arguments.Length(Count(network, buffer, name), batch, perSample, name, shape);

    private static int Count<T>(NetworkState network, CudaBuffer<T> buffer, string name)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(buffer, name);
        if (network.OnDevice is not CudaNetwork onDevice)
        {
            throw new ArgumentException($"{name} is memory of {buffer.Device}, and the network computes on {network.Device}. Make the network with that device.", name);
        }
        _ = buffer.AddressOn(onDevice.Device, name);
        return buffer.Length <= int.MaxValue
            ? (int)buffer.Length
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} has {buffer.Length} values; one call takes at most {int.MaxValue}."), name);
    }
}
