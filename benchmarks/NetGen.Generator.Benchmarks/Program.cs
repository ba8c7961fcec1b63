using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Comparison;
using NetGen.Generator.Benchmarks;
using Perfolizer.Horology;

// [--dry] [--output DIR] [NAME…]: all, or some, of the benchmarks below.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var dry = args.Contains("--dry");
var output = args.SkipWhile(a => a != "--output").Skip(1).FirstOrDefault();
var names = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal) && a != output).ToArray();

// In this process: a benchmark needs no build of its own, and the C# compiler in it is warm, as an editor's is.
var job = (dry ? Job.Dry : Job.Default.WithIterationTime(TimeInterval.FromMilliseconds(150)).WithWarmupCount(3).WithIterationCount(10)).WithToolchain(InProcessEmitToolchain.Instance);
// What takes seconds is run once at a time.
var slow = dry ? job : job.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(1).WithIterationCount(3);
(Type Benchmark, Job Job, string Title)[] benchmarks =
[
    (typeof(Keystrokes), job, "The generator after a letter is typed"),
    (typeof(Generation), job, "The generator from the start, and its parts"),
    (typeof(CSharpCompiler), slow, "The C# compiler, with the generated files"),
    // Several builds by turns would take minutes: not what a dry run is for.
    .. dry ? Array.Empty<(Type, Job, string)>() : [(typeof(CleanBuild), slow, "A clean build of samples/Mnist, with the generator and with empty stubs in its place")],
];
if (names.FirstOrDefault(name => name is not nameof(CodeSize) and not nameof(Projects) && benchmarks.All(b => b.Benchmark.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark '{unknown}', but {string.Join(", ", benchmarks.Select(b => b.Benchmark.Name))}, {nameof(CodeSize)}, {nameof(Projects)}.");
    return 2;
}

var machine = Machine.This();
var report = new AccumulationLogger();
report.WriteLine($"{machine.Processor}, {machine.Cores} cores, {machine.System}, {machine.Runtime}; {machine.Date}.");
var succeeded = true;
foreach (var (benchmark, itsJob, title) in benchmarks.Where(b => names.Length == 0 || names.Contains(b.Benchmark.Name)))
{
    var config = ManualConfig.CreateMinimumViable().AddJob(itsJob).WithOptions(ConfigOptions.DisableLogFile)
        .AddColumn(StatisticColumn.Median).HideColumns(Column.Mean, Column.Error, Column.StdDev, Column.RatioSD);
    if (benchmark != typeof(CleanBuild))
        config.AddDiagnoser(MemoryDiagnoser.Default);
    var summary = BenchmarkRunner.Run(benchmark, config);
    succeeded &= !summary.HasCriticalValidationErrors && summary.Reports.All(r => r.Success);
    report.WriteLine();
    report.WriteLine($"## {title}");
    MarkdownExporter.GitHub.ExportToLog(summary, report);
}
if (names.Length == 0 || names.Contains(nameof(CodeSize)))
{
    report.WriteLine();
    report.WriteLine("## The size of what is generated");
    report.WriteLine();
    report.Write(CodeSize.Table());
}
if (names.Length == 0 && !dry || names.Contains(nameof(Projects)))
{
    report.WriteLine();
    report.WriteLine("## Projects of many networks, and of large ones");
    report.WriteLine();
    report.Write(Projects.Table());
}

Console.WriteLine(report.GetLog());
if (output is null && names.Length == 0 && !dry)
    output = Path.Combine(CleanBuild.Repository, "benchmarks", "results", machine.Folder);
if (output is not null)
    File.WriteAllText(Path.Combine(Directory.CreateDirectory(output).FullName, "generator.md"), "# What the compiler costs\n\n" + report.GetLog());
return succeeded ? 0 : 1;
