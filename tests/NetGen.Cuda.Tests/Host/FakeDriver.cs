using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ILGPU;
using ILGPU.Runtime;
using NetGen.Cuda.Driver;

namespace NetGen.Cuda.Tests.Host;

/// <summary>
/// A driver without a GPU, for tests: device memory is the host's, work is done when it is queued, and what the real driver leaves undefined is an error here.
/// An object is used only while it lives, copies and views stay inside of one allocation, a context is current where one is needed, nothing waits or allocates
/// while a stream captures. Every call is recorded by its name.
/// </summary>
internal sealed unsafe class FakeDriver : IDriver
{
    private readonly Lock gate = new();
    private readonly SortedList<nint, Memory> device = [];
    private readonly SortedList<nint, Memory> host = [];
    private readonly Dictionary<nint, string> objects = [];
    private readonly Dictionary<nint, FakeFunction> functions = [];
    private readonly Dictionary<nint, string> modules = [];
    private readonly Dictionary<nint, FakeCapture> captures = [];

    /// <summary>What was captured before an event was recorded.</summary>
    private readonly Dictionary<nint, (FakeCapture Capture, int[] Before)> marks = [];

    private readonly Dictionary<nint, IReadOnlyList<Action>> graphs = [];
    private readonly ThreadLocal<Stack<nint>> current = new(() => []);
    private readonly Dictionary<string, int> calls = [];
    private nint next = 0x1000;
    private long deviceBytes;

    /// <summary>A device: its name, capability and memory.</summary>
    public sealed record Gpu(string Name, int Major, int Minor, long Memory);

    public List<Gpu> Gpus { get; } = [new("Fake 9000", 9, 0, 1L << 30)];

    public int Version { get; set; } = 12040;

    /// <summary>Results instead of success, by the name of the call: taken one after the other.</summary>
    public Dictionary<string, Queue<DriverResult>> Failures { get; } = [];

    /// <summary>What a launch does; null: nothing.</summary>
    public Action<FakeFunction, KernelConfig, object[]>? Execute { get; set; }

    /// <summary>Bytes of device memory that are allocated.</summary>
    public long DeviceBytes => deviceBytes;

    /// <summary>Objects that live: memory, streams, events, modules, graphs, contexts.</summary>
    public IReadOnlyList<string> Alive
    {
        get
        {
            lock (gate)
            {
                return [.. objects.Values, .. device.Keys.Select(_ => "device memory"), .. host.Keys.Select(_ => "host memory")];
            }
        }
    }

    /// <summary>A kernel has failed: every call answers with that from now on.</summary>
    public bool IsBroken { get; set; }

    /// <summary>The latest of a function.</summary>
    public (FunctionAttribute Attribute, int Value) Attribute { get; private set; }

    private bool CapturesHere => captures.Values.Any(capture => capture.Thread == Environment.CurrentManagedThreadId);

    public int Calls(string name)
    {
        lock (gate)
        {
            return calls.GetValueOrDefault(name);
        }
    }

    public void ClearCalls()
    {
        lock (gate)
        {
            calls.Clear();
        }
    }

    /// <summary>A function that no module holds; for sessions that load kernels in their own way.</summary>
    public nint AddFunction(MethodInfo method, object? tag = null)
    {
        lock (gate)
        {
            var handle = New("function");
            functions.Add(handle, new FakeFunction(method.Name, [.. method.GetParameters().Select(p => p.ParameterType)], tag));
            return handle;
        }
    }

    public void RemoveFunction(nint function)
    {
        lock (gate)
        {
            Remove(function, "function");
            functions.Remove(function);
        }
    }

    public DriverResult Init() => Call(nameof(Init));

    public DriverResult DriverGetVersion(out int version)
    {
        version = Version;
        return Call(nameof(DriverGetVersion));
    }

    public DriverResult DeviceGetCount(out int count)
    {
        count = Gpus.Count;
        return Call(nameof(DeviceGetCount));
    }

    public DriverResult DeviceGet(out int device, int ordinal)
    {
        device = 100 + ordinal;
        return Call(nameof(DeviceGet));
    }

    public DriverResult DeviceGetName(byte* name, int length, int device)
    {
        var bytes = Encoding.UTF8.GetBytes(Gpus[device - 100].Name + '\0');
        bytes.CopyTo(new Span<byte>(name, length));
        return Call(nameof(DeviceGetName));
    }

    public DriverResult DeviceTotalMem(out nuint bytes, int device)
    {
        bytes = (nuint)Gpus[device - 100].Memory;
        return Call(nameof(DeviceTotalMem));
    }

    public DriverResult DeviceGetAttribute(out int value, DeviceAttribute attribute, int device)
    {
        var gpu = Gpus[device - 100];
        value = attribute == DeviceAttribute.ComputeCapabilityMajor ? gpu.Major : gpu.Minor;
        return Call(nameof(DeviceGetAttribute));
    }

    public DriverResult DevicePrimaryCtxRetain(out nint context, int device)
    {
        context = 0;
        if (Call(nameof(DevicePrimaryCtxRetain)) is var failure and not DriverResult.Success)
        {
            return failure;
        }
        lock (gate)
        {
            context = 7 + device;
            True(objects.TryAdd(context, "context"), "the context is retained once by one session");
            return DriverResult.Success;
        }
    }

    public DriverResult DevicePrimaryCtxRelease(int device)
    {
        lock (gate)
        {
            Remove(7 + device, "context");
            return Call(nameof(DevicePrimaryCtxRelease));
        }
    }

    public DriverResult CtxPushCurrent(nint context)
    {
        lock (gate)
        {
            Lives(context, "context");
        }
        var result = Call(nameof(CtxPushCurrent));
        if (result == DriverResult.Success)
        {
            current.Value!.Push(context);
        }
        return result;
    }

    public DriverResult CtxPopCurrent(out nint context)
    {
        True(current.Value!.TryPop(out context), "no context is current");
        return Call(nameof(CtxPopCurrent));
    }

    public DriverResult ModuleLoadDataEx(out nint module, byte* image, uint options, JitOption* names, nint* values)
    {
        module = 0;
        var text = Marshal.PtrToStringUTF8((nint)image)!;
        True(text.Contains(".visible .entry", StringComparison.Ordinal), "the image is PTX");
        if (InContext(nameof(ModuleLoadDataEx)) is var failure and not DriverResult.Success)
        {
            for (var i = 0; i < options; i++)
            {
                if (names[i] == JitOption.ErrorLogBuffer)
                {
                    "ptxas: as the test wants"u8.CopyTo(new Span<byte>((void*)values[i], 64));
                }
            }
            return failure;
        }
        lock (gate)
        {
            module = New("module");
            modules.Add(module, text);
            return DriverResult.Success;
        }
    }

    public DriverResult ModuleUnload(nint module)
    {
        lock (gate)
        {
            Remove(module, "module");
            modules.Remove(module);
            return InContext(nameof(ModuleUnload));
        }
    }

    public DriverResult ModuleGetFunction(out nint function, nint module, string name)
    {
        lock (gate)
        {
            function = 0;
            Lives(module, "module");
            var entry = modules[module];
            var at = entry.IndexOf($".visible .entry {name}(", StringComparison.Ordinal);
            if (at < 0)
            {
                return DriverResult.NotFound;
            }
            // Of the module, which it dies with.
            function = module + 1;
            functions[function] = new FakeFunction(name, null, module) { ParameterBytes = PtxParameters.Bytes(entry) };
            return InContext(nameof(ModuleGetFunction));
        }
    }

    public DriverResult FuncSetAttribute(nint function, FunctionAttribute attribute, int value)
    {
        lock (gate)
        {
            True(functions.ContainsKey(function), "the function is known");
            Attribute = (attribute, value);
            return InContext(nameof(FuncSetAttribute));
        }
    }

    public DriverResult LaunchKernel(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint sharedBytes, nint stream, void** parameters, void** extra)
    {
        True(gridX > 0 && gridY > 0 && gridZ == 1 && blockX is > 0 and <= 1024 && blockY == 1 && blockZ == 1, "a grid has blocks, and a block threads");
        lock (gate)
        {
            Lives(stream, "stream");
            True(functions.TryGetValue(function, out var known), "the function is known");
            if (known!.Module is nint module && module != 0)
            {
                Lives(module, "module");
            }
            var arguments = known.Parameters is null ? Check(known.ParameterBytes, parameters) : Read(known.Parameters, parameters);
            if (InContext(nameof(LaunchKernel)) is var failure and not DriverResult.Success)
            {
                return failure;
            }
            var (blocks, threads) = (new Index3D((int)gridX, (int)gridY, 1), new Index3D((int)blockX, 1, 1));
            var grid = sharedBytes == 0 ? new KernelConfig(blocks, threads) : new KernelConfig(blocks, threads, SharedMemoryConfig.RequestDynamic<byte>((int)sharedBytes));
            Queue(stream, () => Execute?.Invoke(known, grid, arguments));
            return DriverResult.Success;
        }
    }

    public DriverResult MemAlloc(out nint memory, nuint bytes)
    {
        lock (gate)
        {
            memory = 0;
            True(!CapturesHere, "who captures allocates nothing");
            True(bytes > 0, "no memory of no bytes");
            if (InContext(nameof(MemAlloc)) is var failure and not DriverResult.Success)
            {
                return failure;
            }
            if (deviceBytes + (long)bytes > Gpus[0].Memory)
            {
                return DriverResult.OutOfMemory;
            }
            memory = New(device, bytes);
            deviceBytes += (long)bytes;
            return DriverResult.Success;
        }
    }

    public DriverResult MemFree(nint memory)
    {
        lock (gate)
        {
            True(!CapturesHere, "who captures frees nothing");
            deviceBytes -= (long)Remove(device, memory);
            return InContext(nameof(MemFree));
        }
    }

    public DriverResult MemHostAlloc(out nint memory, nuint bytes, uint flags)
    {
        lock (gate)
        {
            memory = 0;
            True(!CapturesHere, "who captures allocates nothing");
            if (InContext(nameof(MemHostAlloc)) is var failure and not DriverResult.Success)
            {
                return failure;
            }
            memory = New(host, bytes);
            return DriverResult.Success;
        }
    }

    public DriverResult MemFreeHost(nint memory)
    {
        lock (gate)
        {
            Remove(host, memory);
            return InContext(nameof(MemFreeHost));
        }
    }

    public DriverResult MemGetInfo(out nuint free, out nuint total)
    {
        total = (nuint)Gpus[0].Memory;
        free = total - (nuint)deviceBytes;
        return InContext(nameof(MemGetInfo));
    }

    public DriverResult MemcpyHtoDAsync(nint target, nint source, nuint bytes, nint stream)
    {
        lock (gate)
        {
            Inside(device, target, bytes);
            // Others are copied too, but then the call waits.
            Inside(host, source, bytes);
            return Copy(nameof(MemcpyHtoDAsync), target, source, bytes, stream);
        }
    }

    public DriverResult MemcpyDtoHAsync(nint target, nint source, nuint bytes, nint stream)
    {
        lock (gate)
        {
            Inside(host, target, bytes);
            Inside(device, source, bytes);
            return Copy(nameof(MemcpyDtoHAsync), target, source, bytes, stream);
        }
    }

    public DriverResult MemcpyDtoDAsync(nint target, nint source, nuint bytes, nint stream)
    {
        lock (gate)
        {
            Inside(device, target, bytes);
            Inside(device, source, bytes);
            return Copy(nameof(MemcpyDtoDAsync), target, source, bytes, stream);
        }
    }

    public DriverResult MemsetD32Async(nint target, uint value, nuint count, nint stream)
    {
        lock (gate)
        {
            Inside(device, target, count * sizeof(uint));
            Lives(stream, "stream");
            Queue(stream, () => new Span<uint>((void*)target, (int)count).Fill(value));
            return InContext(nameof(MemsetD32Async));
        }
    }

    public DriverResult StreamCreate(out nint stream, StreamFlags flags)
    {
        lock (gate)
        {
            var result = InContext(nameof(StreamCreate));
            stream = result == DriverResult.Success ? New("stream") : 0;
            return result;
        }
    }

    public DriverResult StreamDestroy(nint stream)
    {
        lock (gate)
        {
            True(!captures.ContainsKey(stream), "a stream that captures is not destroyed");
            Remove(stream, "stream");
            return InContext(nameof(StreamDestroy));
        }
    }

    public DriverResult StreamSynchronize(nint stream)
    {
        lock (gate)
        {
            Lives(stream, "stream");
            True(!captures.ContainsKey(stream), "nobody waits for a stream that captures");
            return InContext(nameof(StreamSynchronize));
        }
    }

    public DriverResult StreamBeginCapture(nint stream, CaptureMode mode)
    {
        lock (gate)
        {
            Lives(stream, "stream");
            if (InContext(nameof(StreamBeginCapture)) is var failure and not DriverResult.Success)
            {
                return failure;
            }
            True(captures.TryAdd(stream, new FakeCapture(stream)), "a stream captures once at a time");
            return DriverResult.Success;
        }
    }

    public DriverResult StreamEndCapture(nint stream, out nint graph)
    {
        lock (gate)
        {
            graph = 0;
            True(captures.TryGetValue(stream, out var capture) && capture.Origin == stream, "a capture that ends has begun");
            foreach (var branch in captures.Where(c => c.Value == capture).Select(c => c.Key).ToArray())
            {
                captures.Remove(branch);
            }
            if (InContext(nameof(StreamEndCapture)) is var failure and not DriverResult.Success)
            {
                return failure;
            }
            graph = New("graph");
            graphs.Add(graph, capture!.InWorstOrder(out var isJoined));
            True(isJoined, "all branches of a capture are joined");
            return DriverResult.Success;
        }
    }

    public DriverResult GraphInstantiateWithFlags(out nint executable, nint graph, ulong flags)
    {
        lock (gate)
        {
            executable = 0;
            Lives(graph, "graph");
            if (InContext(nameof(GraphInstantiateWithFlags)) is var failure and not DriverResult.Success)
            {
                return failure;
            }
            executable = New("executable graph");
            graphs.Add(executable, graphs[graph]);
            return DriverResult.Success;
        }
    }

    public DriverResult GraphLaunch(nint executable, nint stream)
    {
        lock (gate)
        {
            Lives(executable, "executable graph");
            Lives(stream, "stream");
            if (InContext(nameof(GraphLaunch)) is var failure and not DriverResult.Success)
            {
                return failure;
            }
            foreach (var launch in graphs[executable])
            {
                launch();
            }
            return DriverResult.Success;
        }
    }

    public DriverResult GraphDestroy(nint graph)
    {
        lock (gate)
        {
            Remove(graph, "graph");
            graphs.Remove(graph);
            return Call(nameof(GraphDestroy));
        }
    }

    public DriverResult GraphExecDestroy(nint executable)
    {
        lock (gate)
        {
            Remove(executable, "executable graph");
            graphs.Remove(executable);
            return Call(nameof(GraphExecDestroy));
        }
    }

    public DriverResult EventCreate(out nint @event, EventFlags flags)
    {
        lock (gate)
        {
            var result = InContext(nameof(EventCreate));
            @event = result == DriverResult.Success ? New("event") : 0;
            return result;
        }
    }

    public DriverResult EventRecord(nint @event, nint stream)
    {
        lock (gate)
        {
            Lives(@event, "event");
            Lives(stream, "stream");
            marks.Remove(@event);
            if (captures.TryGetValue(stream, out var capture))
            {
                marks.Add(@event, (capture, capture.Mark(stream)));
            }
            return InContext(nameof(EventRecord));
        }
    }

    public DriverResult StreamWaitEvent(nint stream, nint @event, uint flags)
    {
        lock (gate)
        {
            Lives(@event, "event");
            Lives(stream, "stream");
            if (marks.TryGetValue(@event, out var mark))
            {
                True(captures.TryAdd(stream, mark.Capture) || captures[stream] == mark.Capture, "a stream is in one capture");
                mark.Capture.Wait(stream, mark.Before);
            }
            else
            {
                True(!captures.ContainsKey(stream), "a capture waits for what it has captured only");
            }
            return InContext(nameof(StreamWaitEvent));
        }
    }

    public DriverResult EventSynchronize(nint @event)
    {
        lock (gate)
        {
            Lives(@event, "event");
            True(!marks.ContainsKey(@event), "nobody waits for an event of a capture");
            return InContext(nameof(EventSynchronize));
        }
    }

    public DriverResult EventDestroy(nint @event)
    {
        lock (gate)
        {
            Remove(@event, "event");
            return InContext(nameof(EventDestroy));
        }
    }

    public string Describe(DriverResult result) => $"FAKE_ERROR_{result}";

    /// <summary>What a test is about cannot be an assertion that a test could catch by accident: the process's driver is broken.</summary>
    private static void True(bool condition, string rule, [CallerMemberName] string call = "")
    {
        if (!condition)
        {
            throw new FakeDriverException($"{call}: it must hold that {rule}.");
        }
    }

    private DriverResult Call(string name)
    {
        lock (gate)
        {
            calls[name] = calls.GetValueOrDefault(name) + 1;
            if (IsBroken)
            {
                return DriverResult.IllegalAddress;
            }
            return Failures.TryGetValue(name, out var failures) && failures.TryDequeue(out var failure) ? failure : DriverResult.Success;
        }
    }

    private DriverResult InContext(string name)
    {
        True(IsBroken || (current.Value!.TryPeek(out var context) && objects.ContainsKey(context)), "a context is current", name);
        return Call(name);
    }

    private DriverResult Copy(string name, nint target, nint source, nuint bytes, nint stream)
    {
        Lives(stream, "stream");
        True(bytes > 0, "a copy copies something", name);
        True(!captures.ContainsKey(stream), "copies are not captured", name);
        if (InContext(name) is var failure and not DriverResult.Success)
        {
            return failure;
        }
        System.Buffer.MemoryCopy((void*)source, (void*)target, bytes, bytes);
        return DriverResult.Success;
    }

    private void Queue(nint stream, Action work)
    {
        if (captures.TryGetValue(stream, out var capture))
        {
            capture.Add(stream, work);
        }
        else
        {
            work();
        }
    }

    private object[] Read(Type[] types, void** parameters)
    {
        var values = new object[types.Length];
        for (var i = 0; i < types.Length; i++)
        {
            if (types[i].IsGenericType && types[i].GetGenericTypeDefinition() == typeof(ILGPU.ArrayView<>))
            {
                var (address, length) = ((nint*)parameters[i])[0] is var a ? (a, ((long*)parameters[i])[1]) : default;
                var element = types[i].GetGenericArguments()[0];
                Inside(device, address, (nuint)(length * Marshal.SizeOf(element)), nameof(LaunchKernel));
                values[i] = new FakeView(address, length, element);
            }
            else
            {
                values[i] = Marshal.PtrToStructure((nint)parameters[i], types[i])!;
            }
        }
        return values;
    }

    /// <summary>What is known without the kernel's types: parameters of 16 bytes are views.</summary>
    private object[] Check(IReadOnlyList<int> bytes, void** parameters)
    {
        for (var i = 0; i < bytes.Count; i++)
        {
            if (bytes[i] == 16)
            {
                Inside(device, ((nint*)parameters[i])[0], (nuint)((long*)parameters[i])[1], nameof(LaunchKernel));
            }
        }
        return [];
    }

    private nint New(string what)
    {
        next += 16;
        objects.Add(next, what);
        return next;
    }

    private static nint New(SortedList<nint, Memory> where, nuint bytes)
    {
        var block = (nint)NativeMemory.AlignedAlloc(bytes, 256);
        // What nobody has written is not zero.
        new Span<byte>((void*)block, (int)bytes).Fill(0xCD);
        where.Add(block, new Memory(bytes));
        return block;
    }

    private static nuint Remove(SortedList<nint, Memory> from, nint memory, [CallerMemberName] string call = "")
    {
        True(from.Remove(memory, out var found), "memory that is freed was allocated, and is freed once", call);
        NativeMemory.AlignedFree((void*)memory);
        return found!.Bytes;
    }

    private void Remove(nint handle, string what, [CallerMemberName] string call = "")
    {
        Lives(handle, what, call);
        objects.Remove(handle);
    }

    private void Lives(nint handle, string what, [CallerMemberName] string call = "") =>
        True(objects.TryGetValue(handle, out var known) && known == what, $"the {what} lives", call);

    private static void Inside(SortedList<nint, Memory> where, nint start, nuint bytes, [CallerMemberName] string call = "") =>
        True(where.Any(block => start >= block.Key && start + (nint)bytes <= block.Key + (nint)block.Value.Bytes), $"{bytes} bytes lie in one piece of memory", call);

    private sealed record Memory(nuint Bytes);
}

/// <summary>A kernel that the driver knows.</summary>
internal sealed record FakeFunction(string Name, Type[]? Parameters, object? Module)
{
    /// <summary>What the session that added it knows it by.</summary>
    public object? Tag => Module;

    /// <summary>Of a kernel that was loaded as PTX.</summary>
    public IReadOnlyList<int> ParameterBytes { get; init; } = [];
}

/// <summary>A view among the arguments of a launch.</summary>
internal sealed record FakeView(nint Address, long Length, Type Element);

/// <summary>A rule of the driver was broken.</summary>
internal sealed class FakeDriverException(string message) : Exception(message);
