using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NetGen;

/// <summary>What .NET does not say of a file: whether it is one, and whose. Links are followed.</summary>
/// <param name="IsRegular">Whether it is a file, and no device, pipe, socket or folder.</param>
/// <param name="Mode">Who may read, write and execute it.</param>
/// <param name="User">The owner's number.</param>
/// <param name="Group">The group's number.</param>
internal sealed partial record UnixFile(bool IsRegular, UnixFileMode Mode, uint User, uint Group)
{
    private const int TypeMask = 0xF000, Regular = 0x8000, Permissions = 0xFFF;

    /// <summary>The file at a path; null if there is none, or if the system does not tell (it is Windows, for example).</summary>
    internal static UnixFile? Find(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() ? FindOnLinux(path) : OperatingSystem.IsMacOS() ? FindOnMac(path) : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Gives owner and mode to another file, as far as the process may: a group that cannot be kept gets no right that others have not.</summary>
    internal void GiveTo(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
            return;
        UnixFileMode mode = Mode;
        if (ChangeOwner(file, User, Group) != 0 && ChangeOwner(file, Unchanged, Group) != 0)
        {
            int others = (int)mode & 7;
            mode &= (UnixFileMode)(Permissions & ~0x38 | others << 3);
        }

        File.SetUnixFileMode(file, mode);
    }

    /// <summary>Makes the exclusive lock of an open file a shared one.</summary>
    internal static void ShareLock(SafeFileHandle file)
    {
        const int Shared = 1, DoNotWait = 4;
        try
        {
            _ = Lock(file, Shared | DoNotWait);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Then it stays exclusive until it is closed.
        }
    }

    private const uint Unchanged = uint.MaxValue;

    private static UnixFile? FindOnLinux(string path)
    {
        const int InCurrentFolder = -100;
        const uint BasicStatistics = 0x7FF;
        return StatusOnLinux(InCurrentFolder, path, 0, BasicStatistics, out LinuxStatus status) == 0 ? Of(status.Mode, status.User, status.Group) : null;
    }

    private static UnixFile? FindOnMac(string path) => StatusOnMac(path, out MacStatus status) == 0 ? Of(status.Mode, status.User, status.Group) : null;

    private static UnixFile Of(int mode, uint user, uint group) => new((mode & TypeMask) == Regular, (UnixFileMode)(mode & Permissions), user, group);

    // Of the same form on every processor, which stat is not.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOnLinux(int folder, string path, int flags, uint mask, out LinuxStatus status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOnMacIntel(string path, out MacStatus status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOnMacArm(string path, out MacStatus status);

    private static int StatusOnMac(string path, out MacStatus status) =>
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatusOnMacIntel(path, out status) : StatusOnMacArm(path, out status);

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "fchown")]
    private static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct LinuxStatus
    {
        [FieldOffset(20)]
        public uint User;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;
    }

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct MacStatus
    {
        [FieldOffset(4)]
        public ushort Mode;

        [FieldOffset(16)]
        public uint User;

        [FieldOffset(20)]
        public uint Group;
    }
}
