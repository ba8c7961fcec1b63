using System.Globalization;
using System.Runtime.InteropServices;

namespace NetGen.Cuda.Driver;

#pragma warning disable IDE1006, SA1300 // The driver's names.

/// <summary>NVIDIA's driver, libcuda.so.1 or nvcuda.dll. It is the same for all threads; a context must be current where cuda.h says so.</summary>
internal sealed unsafe partial class NvidiaDriver : IDriver
{
    private const string Library = "cuda";

    /// <summary>What Windows' subsystem for Linux has the driver in.</summary>
    private const string Subsystem = "/usr/lib/wsl/lib/libcuda.so.1";

    private NvidiaDriver()
    {
    }

    /// <summary>The driver's file, as an error names it.</summary>
    public static string FileName => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    /// <summary>The driver of this machine; null where none is installed. To be called once.</summary>
    public static NvidiaDriver? Load()
    {
        // libcuda.so is the toolkit's link; a machine with nothing but the driver has libcuda.so.1.
        string[] names = OperatingSystem.IsWindows() ? [FileName] : File.Exists(Subsystem) ? [Subsystem] : [FileName, "libcuda.so"];
        nint driver = 0;
        if (!names.Any(name => NativeLibrary.TryLoad(name, out driver)))
        {
            return null;
        }
        NativeLibrary.SetDllImportResolver(typeof(NvidiaDriver).Assembly, (library, _, _) => library == Library ? driver : 0);
        return new NvidiaDriver();
    }

    public string Describe(DriverResult result)
    {
        if (cuGetErrorName(result, out var name) != DriverResult.Success || cuGetErrorString(result, out var meaning) != DriverResult.Success)
        {
            return string.Create(CultureInfo.InvariantCulture, $"CUDA error {(int)result}");
        }
        return $"{Marshal.PtrToStringUTF8(name)} ({Marshal.PtrToStringUTF8(meaning)})";
    }

    public DriverResult Init() => cuInit(0);

    public DriverResult DriverGetVersion(out int version) => cuDriverGetVersion(out version);

    public DriverResult DeviceGetCount(out int count) => cuDeviceGetCount(out count);

    public DriverResult DeviceGet(out int device, int ordinal) => cuDeviceGet(out device, ordinal);

    public DriverResult DeviceGetName(byte* name, int length, int device) => cuDeviceGetName(name, length, device);

    public DriverResult DeviceTotalMem(out nuint bytes, int device) => cuDeviceTotalMem_v2(out bytes, device);

    public DriverResult DeviceGetAttribute(out int value, DeviceAttribute attribute, int device) => cuDeviceGetAttribute(out value, attribute, device);

    public DriverResult DevicePrimaryCtxRetain(out nint context, int device) => cuDevicePrimaryCtxRetain(out context, device);

    public DriverResult DevicePrimaryCtxRelease(int device) => cuDevicePrimaryCtxRelease_v2(device);

    public DriverResult CtxPushCurrent(nint context) => cuCtxPushCurrent_v2(context);

    public DriverResult CtxPopCurrent(out nint context) => cuCtxPopCurrent_v2(out context);

    public DriverResult ModuleLoadDataEx(
        out nint module, byte* image, uint options, JitOption* names, nint* values) =>
        cuModuleLoadDataEx(out module, image, options, names, values);

    public DriverResult ModuleUnload(nint module) => cuModuleUnload(module);

    public DriverResult ModuleGetFunction(out nint function, nint module, string name) => cuModuleGetFunction(out function, module, name);

    public DriverResult FuncSetAttribute(nint function, FunctionAttribute attribute, int value) => cuFuncSetAttribute(function, attribute, value);

    public DriverResult LaunchKernel(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint sharedBytes, nint stream, void** parameters, void** extra) =>
        cuLaunchKernel(function, gridX, gridY, gridZ, blockX, blockY, blockZ, sharedBytes, stream, parameters, extra);

    public DriverResult MemAlloc(out nint memory, nuint bytes) => cuMemAlloc_v2(out memory, bytes);

    public DriverResult MemFree(nint memory) => cuMemFree_v2(memory);

    public DriverResult MemHostAlloc(out nint memory, nuint bytes, uint flags) => cuMemHostAlloc(out memory, bytes, flags);

    public DriverResult MemFreeHost(nint memory) => cuMemFreeHost(memory);

    public DriverResult MemGetInfo(out nuint free, out nuint total) => cuMemGetInfo_v2(out free, out total);

    public DriverResult MemcpyHtoDAsync(nint target, nint source, nuint bytes, nint stream) => cuMemcpyHtoDAsync_v2(target, source, bytes, stream);

    public DriverResult MemcpyDtoHAsync(nint target, nint source, nuint bytes, nint stream) => cuMemcpyDtoHAsync_v2(target, source, bytes, stream);

    public DriverResult MemcpyDtoDAsync(nint target, nint source, nuint bytes, nint stream) => cuMemcpyDtoDAsync_v2(target, source, bytes, stream);

    public DriverResult MemsetD32Async(nint target, uint value, nuint count, nint stream) => cuMemsetD32Async(target, value, count, stream);

    public DriverResult StreamCreate(out nint stream, StreamFlags flags) => cuStreamCreate(out stream, flags);

    public DriverResult StreamDestroy(nint stream) => cuStreamDestroy_v2(stream);

    public DriverResult StreamSynchronize(nint stream) => cuStreamSynchronize(stream);

    public DriverResult StreamBeginCapture(nint stream, CaptureMode mode) => cuStreamBeginCapture_v2(stream, mode);

    public DriverResult StreamEndCapture(nint stream, out nint graph) => cuStreamEndCapture(stream, out graph);

    public DriverResult GraphInstantiateWithFlags(out nint executable, nint graph, ulong flags) => cuGraphInstantiateWithFlags(out executable, graph, flags);

    public DriverResult GraphLaunch(nint executable, nint stream) => cuGraphLaunch(executable, stream);

    public DriverResult GraphDestroy(nint graph) => cuGraphDestroy(graph);

    public DriverResult GraphExecDestroy(nint executable) => cuGraphExecDestroy(executable);

    public DriverResult EventCreate(out nint @event, EventFlags flags) => cuEventCreate(out @event, flags);

    public DriverResult EventRecord(nint @event, nint stream) => cuEventRecord(@event, stream);

    public DriverResult StreamWaitEvent(nint stream, nint @event, uint flags) => cuStreamWaitEvent(stream, @event, flags);

    public DriverResult EventSynchronize(nint @event) => cuEventSynchronize(@event);

    public DriverResult EventDestroy(nint @event) => cuEventDestroy_v2(@event);

    [LibraryImport(Library)]
    private static partial DriverResult cuInit(uint flags);

    [LibraryImport(Library)]
    private static partial DriverResult cuDriverGetVersion(out int version);

    [LibraryImport(Library)]
    private static partial DriverResult cuDeviceGetCount(out int count);

    [LibraryImport(Library)]
    private static partial DriverResult cuDeviceGet(out int device, int ordinal);

    [LibraryImport(Library)]
    private static partial DriverResult cuDeviceGetName(byte* name, int length, int device);

    [LibraryImport(Library)]
    private static partial DriverResult cuDeviceTotalMem_v2(out nuint bytes, int device);

    [LibraryImport(Library)]
    private static partial DriverResult cuDeviceGetAttribute(out int value, DeviceAttribute attribute, int device);

    [LibraryImport(Library)]
    private static partial DriverResult cuDevicePrimaryCtxRetain(out nint context, int device);

    [LibraryImport(Library)]
    private static partial DriverResult cuDevicePrimaryCtxRelease_v2(int device);

    [LibraryImport(Library)]
    private static partial DriverResult cuCtxPushCurrent_v2(nint context);

    [LibraryImport(Library)]
    private static partial DriverResult cuCtxPopCurrent_v2(out nint context);

    [LibraryImport(Library)]
    private static partial DriverResult cuModuleLoadDataEx(out nint module, byte* image, uint options, JitOption* names, nint* values);

    [LibraryImport(Library)]
    private static partial DriverResult cuModuleUnload(nint module);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial DriverResult cuModuleGetFunction(out nint function, nint module, string name);

    [LibraryImport(Library)]
    private static partial DriverResult cuFuncSetAttribute(nint function, FunctionAttribute attribute, int value);

    [LibraryImport(Library)]
    private static partial DriverResult cuLaunchKernel(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint sharedBytes, nint stream, void** parameters, void** extra);

    [LibraryImport(Library)]
    private static partial DriverResult cuMemAlloc_v2(out nint memory, nuint bytes);

    [LibraryImport(Library)]
    private static partial DriverResult cuMemFree_v2(nint memory);

    [LibraryImport(Library)]
    private static partial DriverResult cuMemHostAlloc(out nint memory, nuint bytes, uint flags);

    [LibraryImport(Library)]
    private static partial DriverResult cuMemFreeHost(nint memory);

    [LibraryImport(Library)]
    private static partial DriverResult cuMemGetInfo_v2(out nuint free, out nuint total);

    [LibraryImport(Library)]
    private static partial DriverResult cuMemcpyHtoDAsync_v2(nint target, nint source, nuint bytes, nint stream);

    [LibraryImport(Library)]
    private static partial DriverResult cuMemcpyDtoHAsync_v2(nint target, nint source, nuint bytes, nint stream);

    [LibraryImport(Library)]
    private static partial DriverResult cuMemcpyDtoDAsync_v2(nint target, nint source, nuint bytes, nint stream);

    [LibraryImport(Library)]
    private static partial DriverResult cuMemsetD32Async(nint target, uint value, nuint count, nint stream);

    [LibraryImport(Library)]
    private static partial DriverResult cuStreamCreate(out nint stream, StreamFlags flags);

    [LibraryImport(Library)]
    private static partial DriverResult cuStreamDestroy_v2(nint stream);

    [LibraryImport(Library)]
    private static partial DriverResult cuStreamSynchronize(nint stream);

    [LibraryImport(Library)]
    private static partial DriverResult cuStreamBeginCapture_v2(nint stream, CaptureMode mode);

    [LibraryImport(Library)]
    private static partial DriverResult cuStreamEndCapture(nint stream, out nint graph);

    [LibraryImport(Library)]
    private static partial DriverResult cuGraphInstantiateWithFlags(out nint executable, nint graph, ulong flags);

    [LibraryImport(Library)]
    private static partial DriverResult cuGraphLaunch(nint executable, nint stream);

    [LibraryImport(Library)]
    private static partial DriverResult cuGraphDestroy(nint graph);

    [LibraryImport(Library)]
    private static partial DriverResult cuGraphExecDestroy(nint executable);

    [LibraryImport(Library)]
    private static partial DriverResult cuEventCreate(out nint @event, EventFlags flags);

    [LibraryImport(Library)]
    private static partial DriverResult cuEventRecord(nint @event, nint stream);

    [LibraryImport(Library)]
    private static partial DriverResult cuStreamWaitEvent(nint stream, nint @event, uint flags);

    [LibraryImport(Library)]
    private static partial DriverResult cuEventSynchronize(nint @event);

    [LibraryImport(Library)]
    private static partial DriverResult cuEventDestroy_v2(nint @event);

    [LibraryImport(Library)]
    private static partial DriverResult cuGetErrorName(DriverResult result, out nint text);

    [LibraryImport(Library)]
    private static partial DriverResult cuGetErrorString(DriverResult result, out nint text);
}
