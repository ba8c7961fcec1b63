using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Gpu;

Option<string> output = new("--output") { HelpName = "FILE", Description = "Where the JSON goes (default: netgen.json).", DefaultValueFactory = _ => "netgen.json" };
Option<string> only = new("--only") { HelpName = "NAME", Description = "Workloads that begin with this: dense-4096-4096, dense-784-128/32, dense-784-128/32/forward/tf32." };
Option<bool> quick = new("--quick") { Description = "Rough times." };
Option<int> device = new("--device") { HelpName = "N", Description = "Which GPU, from 0 (default: 0)." };
device.Validators.Add(result =>
{
    if (result.Tokens is [var token] && !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
    {
        result.AddError($"--device: '{token.Value}' is not a whole number from 0.");
    }
});
Command run = new("run", "Compares the kernels' results with the CPU's, then times them.") { output, only, quick, device };
run.SetAction(result => Run(result.GetValue(output)!, result.GetValue(only), result.GetValue(quick), result.GetValue(device)));

Argument<string> folder = new("folder") { Description = "Where the files go." };
Command ptx = new("ptx", "Writes the PTX of all kernels; needs no GPU.") { folder };
ptx.SetAction(result => WritePtx(result.GetValue(folder)!));

Argument<string> netGen = new("netgen") { Description = "What 'run' wrote." };
Option<string> peers = new("--peers") { HelpName = "FILE", Description = "What peers.py wrote." };
Option<string> results = new("--results") { HelpName = "DIR", Description = "The folder of results (default: benchmarks/results).", DefaultValueFactory = _ => "benchmarks/results" };
Command join = new("join", "Joins reports into a table below a folder of the GPU's name.") { netGen, peers, results };
join.SetAction(result => Join(result.GetValue(netGen)!, result.GetValue(peers), result.GetValue(results)!));

var parsed = new RootCommand("NetGen's kernels on an NVIDIA GPU.") { run, ptx, join }.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
try
{
    return parsed.Errors is [var first, ..] ? Fail(first.Message) : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is GpuException or IOException or UnauthorizedAccessException or JsonException or ArgumentException)
{
    return Fail(e.Message);
}

int Run(string file, string? wanted, bool isQuick, int index)
{
    var workloads = Workload.All.Where(workload => wanted is null || $"{workload.Name}/".StartsWith($"{wanted.TrimEnd('/')}/", StringComparison.Ordinal)).ToArray();
    if (workloads.Length == 0)
    {
        return Fail($"--only: no workload begins with '{wanted}'; one is called {Workload.All[0].Name}.");
    }
    var (context, accelerator, driver) = Driver.Open(index);
    using var _ = context;
    using var __ = accelerator;
    var runner = new Runner(accelerator, isQuick);
    var agreements = new SortedDictionary<string, Agreement>(StringComparer.Ordinal);
    var rows = new List<Row>();
    foreach (var workload in workloads)
    {
        var (agreement, row) = runner.Run(workload);
        agreements.Add(workload.Name, agreement);
        if (row is not null)
        {
            rows.Add(row);
        }
        Console.WriteLine(row is null ? $"{workload.Name}: WRONG, {agreement}" : $"{workload.Name}: {Comparison.Numbers.Time(row.Seconds.Median)}");
    }
    var report = new Report
    {
        Command = $"NetGen.Gpu {string.Join(' ', args)}",
        Gpu = new GpuDescription(accelerator.Name, driver.ToString()),
        Date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Versions = new SortedDictionary<string, string>
        {
            ["NetGen"] = typeof(NetGen.NetworkAttribute).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
            [".NET"] = Environment.Version.ToString(),
        },
        Rows = rows,
        Agreements = agreements,
    };
    File.WriteAllText(file, report.ToJson());
    return rows.Count == workloads.Length ? 0 : 1;
}

static int WritePtx(string folder)
{
    Directory.CreateDirectory(folder);
    foreach (var (method, text) in ProductKernels.All.SelectMany(kernel => kernel.Compile()))
    {
        File.WriteAllText(Path.Combine(folder, method + ".ptx"), text);
    }
    return 0;
}

static int Join(string netGen, string? peers, string results)
{
    var own = Report.Parse(File.ReadAllText(netGen));
    var other = peers is null ? null : Report.Parse(File.ReadAllText(peers));
    var text = Table.Write(own, other);
    var folder = Directory.CreateDirectory(Path.Combine(results, Table.Folder(own))).FullName;
    File.WriteAllText(Path.Combine(folder, "gpu.md"), text);
    File.WriteAllText(Path.Combine(folder, "gpu-netgen.json"), own.ToJson());
    if (other is not null)
    {
        File.WriteAllText(Path.Combine(folder, "gpu-peers.json"), other.ToJson());
    }
    Console.WriteLine($"Written: {Path.Combine(folder, "gpu.md")}");
    return 0;
}

static int Fail(string message)
{
    Console.Error.WriteLine($"gpu: {message.ReplaceLineEndings(" ")}");
    return 2;
}
