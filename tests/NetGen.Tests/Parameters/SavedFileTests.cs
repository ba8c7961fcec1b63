using System.Diagnostics;
using System.Text;
using Xunit;

namespace NetGen.Tests.Parameters;

/// <summary>What may be at the path of a file that is saved, and what may be beside it.</summary>
public sealed class SavedFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("netgen-saved-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Full(string name) => Path.Combine(folder, name);

    private string[] Names() => [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static NetworkParameters Parameters(float value = 7)
    {
        ParameterLayout layout = new([new("w", [16], 0, Initializer.Zeros)], 16, "Net");
        float[] weights = new float[16];
        Array.Fill(weights, value);
        return new(layout, weights);
    }

    private static float Loaded(string path)
    {
        NetworkParameters read = Parameters(0);
        SafeTensors.Load(path, read);
        return read[0].Values[3];
    }

    private static void OnUnix() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes, pipes and devices are Unix's.");

    [Fact]
    public void A_link_stays_a_link_and_its_file_is_replaced()
    {
        OnUnix();
        Directory.CreateDirectory(Full("store"));
        SafeTensors.Save(Full("store/v1"), Parameters(1));
        File.CreateSymbolicLink(Full("latest"), "store/v1");
        File.CreateSymbolicLink(Full("net"), "latest");

        SafeTensors.Save(Full("net"), Parameters(2));

        Assert.Equal("store/v1", new FileInfo(Full("latest")).LinkTarget);
        Assert.Equal("latest", new FileInfo(Full("net")).LinkTarget);
        Assert.Null(new FileInfo(Full("store/v1")).LinkTarget);
        Assert.Equal(2, Loaded(Full("store/v1")));
        Assert.Equal(["v1"], Directory.GetFileSystemEntries(Full("store")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_link_to_nothing_gets_its_file_and_a_ring_of_links_is_an_error()
    {
        OnUnix();
        File.CreateSymbolicLink(Full("net"), "weights");
        SafeTensors.Save(Full("net"), Parameters(3));
        Assert.Equal(3, Loaded(Full("weights")));
        Assert.Equal("weights", new FileInfo(Full("net")).LinkTarget);

        File.CreateSymbolicLink(Full("a"), "b");
        File.CreateSymbolicLink(Full("b"), "a");
        Assert.ThrowsAny<IOException>(() => SafeTensors.Save(Full("a"), Parameters()));
        Assert.Equal(["a", "b", "net", "weights"], Names());
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead)]
    public void The_mode_stays(UnixFileMode mode)
    {
        OnUnix();
        if (OperatingSystem.IsWindows())
            return;
        File.WriteAllText(Full("net"), "old");
        File.SetUnixFileMode(Full("net"), mode);
        SafeTensors.Save(Full("net"), Parameters(4));
        Assert.Equal(mode, File.GetUnixFileMode(Full("net")));
        Assert.Equal(4, Loaded(Full("net")));
    }

    [Fact]
    public void The_owner_stays_where_the_process_may_give_files_away()
    {
        OnUnix();
        File.WriteAllText(Full("net"), "old");
        Assert.SkipUnless(Environment.UserName == "root" && Run("chown", "1234:2345", Full("net")), "Only root gives files away.");
        SafeTensors.Save(Full("net"), Parameters(5));
        UnixFile saved = UnixFile.Find(Full("net"))!;
        Assert.Equal((1234u, 2345u, true), (saved.User, saved.Group, saved.IsRegular));
    }

    [Fact]
    public void Another_name_of_the_same_file_keeps_the_old_weights()
    {
        OnUnix();
        SafeTensors.Save(Full("net"), Parameters(1));
        Assert.SkipUnless(Run("ln", Full("net"), Full("backup")), "There is no ln.");
        SafeTensors.Save(Full("net"), Parameters(2));
        Assert.Equal((2f, 1f), (Loaded(Full("net")), Loaded(Full("backup"))));
    }

    [Fact]
    public void A_read_only_file_and_a_folder_are_refused()
    {
        File.WriteAllText(Full("net"), "old");
        File.SetAttributes(Full("net"), FileAttributes.ReadOnly);
        Assert.Contains("read-only", Assert.Throws<UnauthorizedAccessException>(() => SafeTensors.Save(Full("net"), Parameters())).Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Full("net")));
        File.SetAttributes(Full("net"), FileAttributes.Normal);

        Directory.CreateDirectory(Full("folder"));
        Assert.Contains("is a folder", Assert.Throws<UnauthorizedAccessException>(() => SafeTensors.Save(Full("folder"), Parameters())).Message, StringComparison.Ordinal);
        Assert.Equal(["folder", "net"], Names());
    }

    [Fact]
    public void A_device_is_written_into()
    {
        OnUnix();
        SafeTensors.Save("/dev/null", Parameters());
        Assert.False(UnixFile.Find("/dev/null")!.IsRegular);
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        // Every write says that the disk is full.
        Assert.ThrowsAny<IOException>(() => SafeTensors.Save("/dev/full", Parameters()));
        Assert.False(UnixFile.Find("/dev/full")!.IsRegular);
    }

    [Fact]
    public void A_pipe_is_written_into_and_read_from_while_the_network_goes_on()
    {
        OnUnix();
        Assert.SkipUnless(Run("mkfifo", Full("pipe")), "There is no mkfifo.");
        using NetGen.Runtime.NetworkState network = new(Parameters().Layout, 3, Device.Cpu(1));
        network.Weights.Fill(6);
        Thread save = new(() => network.Save(Full("pipe")));
        save.Start();
        Thread.Sleep(50);
        // Nobody reads yet.
        Assert.True(save.IsAlive);
        Step();
        using NetGen.Runtime.NetworkState other = new(Parameters().Layout, 4, Device.Cpu(1));
        other.Load(Full("pipe"));
        save.Join();
        Assert.Equal(6, other.Weights[3]);
        Assert.False(UnixFile.Find(Full("pipe"))!.IsRegular);
        Assert.Equal(["pipe"], Names());

        // And the other way round: nobody writes yet, and the one that loads steps.
        Thread load = new(() => network.Load(Full("pipe")));
        load.Start();
        Thread.Sleep(50);
        Assert.True(load.IsAlive);
        Step();
        other.Weights.Fill(8);
        other.Save(Full("pipe"));
        load.Join();
        Assert.Equal(8, network.Weights[3]);

        void Step() => network.ExitStep(network.EnterStep(1, 0, new Sgd(0.1f)));
    }

    [Fact]
    public void What_a_dead_process_left_is_removed_and_what_a_living_one_writes_is_not()
    {
        string dead = Full($"net.{Guid.NewGuid():N}.tmp"), living = Full($"net.{Guid.NewGuid():N}.tmp"), beginning = Full($"net.{Guid.NewGuid():N}.tmp");
        string[] others = ["net.tmp", $"net2.{Guid.NewGuid():N}.tmp", $"net.{Guid.NewGuid():D}.tmp", "net.old.tmp"];
        File.WriteAllText(dead, "half");
        foreach (string other in others)
            File.WriteAllText(Full(other), "mine");
        using (File.Create(beginning))
        {
        }

        using (FileStream alive = new(living, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            alive.WriteByte(1);
            alive.Flush();
            SafeTensors.Save(Full("net"), Parameters(1));
            string[] left = ["net", Path.GetFileName(living), Path.GetFileName(beginning), .. others];
            Assert.Equal(left.Order(StringComparer.Ordinal), Names());
        }

        File.SetLastWriteTimeUtc(beginning, DateTime.UtcNow.AddMinutes(-1));
        SafeTensors.Save(Full("net"), Parameters(2));
        Assert.Equal(others.Append("net").Order(StringComparer.Ordinal), Names());
        Assert.Equal(2, Loaded(Full("net")));
    }

    [Fact]
    public void A_killed_save_leaves_the_old_file_and_the_next_one_cleans_up()
    {
        OnUnix();
        SafeTensors.Save(Full("net"), Parameters(1));
        Assert.SkipUnless(Run("mkfifo", Full("block")), "There is no mkfifo.");
        for (int i = 0; i < 3; i++)
        {
            using Process child = Child.Start(nameof(SavedFileTests), nameof(Saves_until_it_is_killed), folder);
            // It is in the middle of its file.
            while (!Names().Any(name => name.EndsWith(".tmp", StringComparison.Ordinal) && new FileInfo(Full(name)).Length > 0))
            {
                Assert.False(child.HasExited);
                Thread.Sleep(5);
            }

            child.Kill();
            child.WaitForExit();
            Assert.Equal(3, Names().Length);
            Assert.Equal(i + 1, Loaded(Full("net")));
            SafeTensors.Save(Full("net"), Parameters(i + 2));
            Assert.Equal(["block", "net"], Names());
        }
    }

    [Fact]
    public void Saves_until_it_is_killed()
    {
        string target = Child.Argument();
        ReplacedFile.Write(Path.Combine(target, "net"), stream =>
        {
            stream.Write("half of it"u8);
            stream.Flush();
            Thread.Sleep(Timeout.Infinite);
        });
    }

    [Theory]
    [InlineData('n', 255)]
    [InlineData('n', 219)]
    [InlineData('n', 218)]
    [InlineData('ä', 127)]
    [InlineData('語', 85)]
    public void Long_names_work_and_their_leftovers_are_found(char letter, int length)
    {
        string name = new(letter, length);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 218, 255);
        for (int i = 1; i <= 2; i++)
        {
            SafeTensors.Save(Full(name), Parameters(i));
            Assert.Equal(i, Loaded(Full(name)));
            Assert.Equal([name], Names());
        }

        // Weights that are gone in the middle leave nothing; a dead process would leave a name that is found again.
        Assert.Throws<InvalidDataException>(() => ReplacedFile.Write(Full(name), _ => throw new InvalidDataException(Names().Single(other => other != name))));
        string left = "";
        ReplacedFile.Write(Full(name), _ => left = Names().Single(other => other != name));
        File.WriteAllText(Full(left), "half");
        SafeTensors.Save(Full(name), Parameters(3));
        Assert.Equal([name], Names());
    }

    [Fact]
    public void Many_threads_save_to_one_name_at_once()
    {
        Thread[] threads = [.. Enumerable.Range(1, 4).Select(value => new Thread(() =>
        {
            for (int i = 0; i < 30; i++)
                SafeTensors.Save(Full("net"), Parameters(value));
        }))];
        Array.ForEach(threads, thread => thread.Start());
        while (threads.Any(thread => thread.IsAlive))
        {
            if (File.Exists(Full("net")))
                Assert.InRange(Loaded(Full("net")), 1, 4);
        }

        Array.ForEach(threads, thread => thread.Join());
        SafeTensors.Save(Full("net"), Parameters(9));
        Assert.Equal(["net"], Names());
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(program, arguments);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
