using System.Diagnostics;
using Comparison;
using Gpu;
using Xunit;

namespace NetGen.Cuda.Tests.Benchmarks;

/// <summary>Parts of the GPU benchmark that fail keep nobody else from reporting. The parts are shell scripts here, and all numbers made up.</summary>
public sealed class ChildProcessTests
{
    private static readonly TimeSpan Plenty = TimeSpan.FromMinutes(1);

    private static readonly Entry Right = new("net/1/check/float32/loss") { Agreement = new Agreement(1e-7, 1e-6, true) };

    private static readonly Entry Measured = new("net/1/step/float32") { Row = new Row { Workload = "net/1/step/float32", Seconds = new Statistics(1, 2, 3, 4) } };

    [Fact]
    public void Entries_arrive_and_other_lines_are_passed_on()
    {
        var (failure, entries, said) = Run($"echo '{Right.ToLine()}'; echo warming up; echo '{Measured.ToLine()}'", Plenty);
        Assert.Null(failure);
        Assert.Equal([Right, Measured], entries);
        Assert.Equal(["warming up"], said);
    }

    [Fact]
    public void What_was_reported_before_a_failure_counts_and_the_failure_has_its_message()
    {
        var (failure, entries, _) = Run($"echo '{Right.ToLine()}'; echo 'gpu: illegal address' >&2; exit 7", Plenty);
        Assert.Equal("gpu: illegal address (exit code 7)", failure);
        Assert.Equal([Right], entries);
    }

    [Fact]
    public void A_crash_without_a_word_is_a_failure()
    {
        var (failure, entries, _) = Run("printf 'entry {\"na'; kill -9 $$", Plenty);
        Assert.Equal("it said nothing (exit code 137)", failure);
        Assert.Empty(entries);
    }

    [Fact]
    public void Who_takes_too_long_is_ended_and_what_he_reported_counts()
    {
        var clock = Stopwatch.StartNew();
        var (failure, entries, _) = Run($"echo '{Measured.ToLine()}'; sleep 300", TimeSpan.FromSeconds(3));
        Assert.Equal("ended after its limit of 3 s", failure);
        Assert.Equal([Measured], entries);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void A_report_is_on_disk_after_each_entry()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("netgen-gpu-").FullName, "netgen.json");
        var journal = new Journal(file, new Report { Command = "made up", Gpu = new("Made-Up GPU 9", "12.4"), Date = "2026-11-26", Versions = new Dictionary<string, string>(), Rows = [] });
        journal.Add(Measured);
        Assert.Equal(Measured.Row, Assert.Single(Report.Parse(File.ReadAllText(file)).Rows));
        journal.Add(Right);
        Assert.True(journal.IsGood);
        journal.Add(new Entry("settle/launch") { Fact = new Fact(4, null, "µs", null) });
        Assert.Equal(4, Report.Parse(File.ReadAllText(file)).Facts!["settle/launch"].Measured);
        // An error that is not a number is written as well, and is none that holds.
        journal.Add(new Entry("net/3/check/float32/loss") { Agreement = new Agreement(double.NaN, 1, false) });
        Assert.False(journal.IsGood);
        Assert.Equal(["net/3/check/float32/loss"], journal.Wrong);
        Assert.True(double.IsNaN(Report.Parse(File.ReadAllText(file)).Agreements!["net/3/check/float32/loss"].LargestError));
        journal.Add(new Entry("epoch/net/float32") { Missing = "ended after its limit" });
        Assert.Equal("ended after its limit", Report.Parse(File.ReadAllText(file)).Missing!["epoch/net/float32"]);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void A_line_that_is_no_entry_is_none()
    {
        Assert.Null(Entry.OfLine("entry {"));
        Assert.Null(Entry.OfLine("{}"));
        Assert.Equal(Right, Entry.OfLine(Right.ToLine()));
    }

    private static (string? Failure, List<Entry> Entries, List<string> Said) Run(string script, TimeSpan limit)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "There is no shell here.");
        var (entries, said) = (new List<Entry>(), new List<string>());
        return (ChildProcess.Run("/bin/sh", ["-c", script], limit, entries.Add, said.Add), entries, said);
    }
}
