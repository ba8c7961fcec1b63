using NetGen.Cuda.Driver;

namespace NetGen.Cuda.Host;

/// <summary>Memory that a user owns; it keeps the device in use.</summary>
internal abstract class OwnedMemory : IDisposable
{
    private int isDisposed;

    protected OwnedMemory(CudaDevice device)
    {
        Device = device;
        Session = device.BeginUse();
    }

    ~OwnedMemory() => Free();

    public CudaDevice Device { get; }

    public nint Address { get; protected set; }

    public bool IsDisposed => Volatile.Read(ref isDisposed) != 0;

    protected CudaSession Session { get; }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Free();
    }

    /// <summary>Gives the memory back, with the context current.</summary>
    protected abstract void Release();

    /// <summary>What the constructor does with the driver; if it fails, the object has never been.</summary>
    protected void Create(Action create)
    {
        try
        {
            using (Session.Enter())
            {
                create();
            }
        }
        catch
        {
            GC.SuppressFinalize(this);
            isDisposed = 1;
            Device.EndUse();
            throw;
        }
    }

    private void Free()
    {
        // There is no session where opening the device has failed, and the collector comes all the same.
        if (Interlocked.Exchange(ref isDisposed, 1) != 0 || Session is null)
        {
            return;
        }
        using (Session.EnterToFree())
        {
            Release();
        }
        Device.EndUse();
    }
}

/// <summary>Memory of a device, and the queue and staging for copies between it and the host.</summary>
internal sealed class DeviceMemory : OwnedMemory
{
    private nint stream;
    private StagedCopies? copies;

    public DeviceMemory(CudaDevice device, long bytes, string what)
        : base(device) => Create(() =>
    {
        Address = Session.Allocate(bytes, what);
        try
        {
            Session.Check(Session.Driver.StreamCreate(out stream, StreamFlags.NonBlocking), "Making a queue");
        }
        catch
        {
            _ = Session.Driver.MemFree(Address);
            throw;
        }
        copies = new StagedCopies(Session, stream);
    });

    public void Upload(ReadOnlySpan<byte> source, long offset)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        using (Session.Enter())
        {
            copies!.Upload(Address + (nint)offset, source);
            copies.Flush();
            Session.Check(Session.Driver.StreamSynchronize(stream), "Copying to the device");
        }
        GC.KeepAlive(this);
    }

    public void Download(Span<byte> target, long offset)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        using (Session.Enter())
        {
            copies!.Download(target, Address + (nint)offset);
        }
        GC.KeepAlive(this);
    }

    protected override void Release()
    {
        copies!.Dispose();
        _ = Session.Driver.StreamDestroy(stream);
        _ = Session.Driver.MemFree(Address);
    }
}

/// <summary>Page-locked memory of the host.</summary>
internal sealed class PinnedMemory : OwnedMemory
{
    public PinnedMemory(CudaDevice device, long bytes, string what)
        : base(device) => Create(() =>
    {
        Address = Session.AllocateHost(bytes, what);
        Clear(Address, bytes);
        PinnedRanges.Add(Address, bytes);
    });

    protected override void Release()
    {
        PinnedRanges.Remove(Address);
        _ = Session.Driver.MemFreeHost(Address);
    }

    private static unsafe void Clear(nint address, long bytes) => System.Runtime.InteropServices.NativeMemory.Clear((void*)address, (nuint)bytes);
}
