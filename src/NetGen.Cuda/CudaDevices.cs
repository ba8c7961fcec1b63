using NetGen.Cuda;
using NetGen.Cuda.Host;

namespace NetGen;

/// <summary>NVIDIA GPUs among the devices: <c>Device.Cuda()</c>, <c>Device.Best()</c>.</summary>
/// <example><code>using var network = new Churn(seed: 1, Device.Cuda());</code></example>
public static class CudaDevices
{
    extension(Device)
    {
        /// <summary>An NVIDIA GPU. All that must be installed is the driver.</summary>
        /// <param name="index">Which one, from 0, in the driver's order.</param>
        /// <exception cref="InvalidOperationException">There is no driver, no such device, or it is too old; the message says which and
        /// what to do.</exception>
        public static CudaDevice Cuda(int index = 0)
        {
            OutOfRange.ThrowIfLess(index, 0);
            return DeviceList.Installed.Device(index);
        }

        /// <summary>The first NVIDIA GPU that can be used, else the processor. The network's <c>Device</c> says which it is.</summary>
        public static Device Best() => DeviceList.Installed.First ?? (Device)Device.Cpu();
    }
}
