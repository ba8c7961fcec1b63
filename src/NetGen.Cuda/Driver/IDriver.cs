namespace NetGen.Cuda.Driver;

/// <summary>
/// The functions of NVIDIA's driver that NetGen calls, one method for each: the names are cuda.h's without their prefix, so that its documentation is theirs.
/// Tests have a driver of their own, which needs no GPU. Handles and addresses are nint; 0 is none.
/// </summary>
internal unsafe interface IDriver
{
    /// <summary>cuInit</summary>
    DriverResult Init();

    /// <summary>cuDriverGetVersion: 1000·major + 10·minor of the latest CUDA that the driver supports.</summary>
    DriverResult DriverGetVersion(out int version);

    /// <summary>cuDeviceGetCount</summary>
    DriverResult DeviceGetCount(out int count);

    /// <summary>cuDeviceGet</summary>
    DriverResult DeviceGet(out int device, int ordinal);

    /// <summary>cuDeviceGetName: ends with a 0.</summary>
    DriverResult DeviceGetName(byte* name, int length, int device);

    /// <summary>cuDeviceTotalMem_v2</summary>
    DriverResult DeviceTotalMem(out nuint bytes, int device);

    /// <summary>cuDeviceGetAttribute</summary>
    DriverResult DeviceGetAttribute(out int value, DeviceAttribute attribute, int device);

    /// <summary>cuDevicePrimaryCtxRetain</summary>
    DriverResult DevicePrimaryCtxRetain(out nint context, int device);

    /// <summary>cuDevicePrimaryCtxRelease_v2</summary>
    DriverResult DevicePrimaryCtxRelease(int device);

    /// <summary>cuCtxPushCurrent_v2: of the calling thread.</summary>
    DriverResult CtxPushCurrent(nint context);

    /// <summary>cuCtxPopCurrent_v2: of the calling thread.</summary>
    DriverResult CtxPopCurrent(out nint context);

    /// <summary>cuModuleLoadDataEx</summary>
    DriverResult ModuleLoadDataEx(out nint module, byte* image, uint options, JitOption* names, nint* values);

    /// <summary>cuModuleUnload</summary>
    DriverResult ModuleUnload(nint module);

    /// <summary>cuModuleGetFunction</summary>
    DriverResult ModuleGetFunction(out nint function, nint module, string name);

    /// <summary>cuFuncSetAttribute</summary>
    DriverResult FuncSetAttribute(nint function, FunctionAttribute attribute, int value);

    /// <summary>cuLaunchKernel</summary>
    /// <param name="parameters">The address of each of the kernel's parameters.</param>
    DriverResult LaunchKernel(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint sharedBytes, nint stream, void** parameters, void** extra);

    /// <summary>cuMemAlloc_v2</summary>
    DriverResult MemAlloc(out nint memory, nuint bytes);

    /// <summary>cuMemFree_v2</summary>
    DriverResult MemFree(nint memory);

    /// <summary>cuMemHostAlloc: page-locked.</summary>
    DriverResult MemHostAlloc(out nint memory, nuint bytes, uint flags);

    /// <summary>cuMemFreeHost</summary>
    DriverResult MemFreeHost(nint memory);

    /// <summary>cuMemGetInfo_v2</summary>
    DriverResult MemGetInfo(out nuint free, out nuint total);

    /// <summary>cuMemcpyHtoDAsync_v2</summary>
    DriverResult MemcpyHtoDAsync(nint target, nint source, nuint bytes, nint stream);

    /// <summary>cuMemcpyDtoHAsync_v2</summary>
    DriverResult MemcpyDtoHAsync(nint target, nint source, nuint bytes, nint stream);

    /// <summary>cuMemcpyDtoDAsync_v2</summary>
    DriverResult MemcpyDtoDAsync(nint target, nint source, nuint bytes, nint stream);

    /// <summary>cuMemsetD32Async</summary>
    DriverResult MemsetD32Async(nint target, uint value, nuint count, nint stream);

    /// <summary>cuStreamCreate</summary>
    DriverResult StreamCreate(out nint stream, StreamFlags flags);

    /// <summary>cuStreamDestroy_v2</summary>
    DriverResult StreamDestroy(nint stream);

    /// <summary>cuStreamSynchronize</summary>
    DriverResult StreamSynchronize(nint stream);

    /// <summary>cuStreamBeginCapture_v2</summary>
    DriverResult StreamBeginCapture(nint stream, CaptureMode mode);

    /// <summary>cuStreamEndCapture</summary>
    DriverResult StreamEndCapture(nint stream, out nint graph);

    /// <summary>cuGraphInstantiateWithFlags</summary>
    DriverResult GraphInstantiateWithFlags(out nint executable, nint graph, ulong flags);

    /// <summary>cuGraphLaunch</summary>
    DriverResult GraphLaunch(nint executable, nint stream);

    /// <summary>cuGraphDestroy</summary>
    DriverResult GraphDestroy(nint graph);

    /// <summary>cuGraphExecDestroy</summary>
    DriverResult GraphExecDestroy(nint executable);

    /// <summary>cuEventCreate</summary>
    DriverResult EventCreate(out nint @event, EventFlags flags);

    /// <summary>cuEventRecord</summary>
    DriverResult EventRecord(nint @event, nint stream);

    /// <summary>cuStreamWaitEvent</summary>
    DriverResult StreamWaitEvent(nint stream, nint @event, uint flags);

    /// <summary>cuEventSynchronize</summary>
    DriverResult EventSynchronize(nint @event);

    /// <summary>cuEventDestroy_v2</summary>
    DriverResult EventDestroy(nint @event);

    /// <summary>cuGetErrorName and cuGetErrorString: <c>CUDA_ERROR_OUT_OF_MEMORY (out of memory)</c>.</summary>
    string Describe(DriverResult result);
}

/// <summary>CUdevice_attribute</summary>
internal enum DeviceAttribute
{
    ComputeCapabilityMajor = 75,
    ComputeCapabilityMinor = 76,
}

/// <summary>CUfunction_attribute</summary>
internal enum FunctionAttribute
{
    MaxDynamicSharedSizeBytes = 8,
}

/// <summary>CUjit_option</summary>
internal enum JitOption
{
    ErrorLogBuffer = 5,
    ErrorLogBufferSizeBytes = 6,
}

/// <summary>CUstream_flags</summary>
internal enum StreamFlags : uint
{
    NonBlocking = 1,
}

/// <summary>CUstreamCaptureMode</summary>
internal enum CaptureMode
{
    Relaxed = 2,
}

/// <summary>CUevent_flags</summary>
internal enum EventFlags : uint
{
    DisableTiming = 2,
}
