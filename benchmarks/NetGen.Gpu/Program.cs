using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Gpu;

Option<string> output = new("--output") { HelpName = "FILE", Description = "Where the JSON goes (default: netgen.json); it is written after each result.", DefaultValueFactory = _ => "netgen.json" };
Option<string[]> only = new("--only")
{
    HelpName = "NAME",
    Description = "Workloads that begin with one of these: settle, mlp, mlp/128, mlp/128/step/float32, dense-4096-4096.",
    AllowMultipleArgumentsPerToken = true,
};
Option<int> within =
    new("--within") { HelpName = "SECONDS", Description = "Ends by then, whatever is not done.", DefaultValueFactory = _ => 24 * 60 * 60 };
Option<int> jobs = new("--jobs") { HelpName = "N", Description = "As many checks at a time.", DefaultValueFactory = _ => 1 };
Option<bool> quick = new("--quick") { Description = "Rough times." };
Option<int> device = new("--device") { HelpName = "N", Description = "Which GPU, from 0 (default: 0)." };
Number(device, 0);
Number(within, 1);
Number(jobs, 1);
Command run = new("run", "Asks the GPU what it is, compares results with the CPU's, then times what agrees; each part in a process of its own.") { output, only, quick, device, within, jobs };
run.SetAction(result => Run(
    result.GetValue(output)!, new PartRun(result.GetValue(device), result.GetValue(quick), result.GetValue(only)!, _ => { }), TimeSpan.FromSeconds(result.GetValue(within)), result.GetValue(jobs)));

// What 'run' starts.
Argument<string> name = new("name");
Command part = new("part") { name, only, quick, device };
part.Hidden = true;
part.SetAction(result => RunPart(
    result.GetValue(name)!, new PartRun(
        result.GetValue(device), result.GetValue(quick), result.GetValue(only)!, entry => Console.WriteLine(entry.ToLine()))));
Command firstStep = new("first-step") { name, device };
firstStep.Hidden = true;
firstStep.SetAction(result => RunFirstStep(result.GetValue(name)!, result.GetValue(device)));

Command list = new("list", "Names the workloads; needs no GPU.");
list.SetAction(_ => List());

Argument<string> folder = new("folder") { Description = "Where the files go." };
Command ptx = new("ptx", "Writes the PTX of all kernels; needs no GPU.") { folder };
ptx.SetAction(result => WritePtx(result.GetValue(folder)!));

Argument<string[]> netGen = new("netgen") { Description = "What 'run' wrote, once or several times.", Arity = ArgumentArity.OneOrMore };
Option<string[]> peers = new("--peers") { HelpName = "FILE", Description = "What peers.py wrote, once or several times.", AllowMultipleArgumentsPerToken = true };
Option<string> results = new("--results") { HelpName = "DIR", Description = "The folder of results (default: benchmarks/results).", DefaultValueFactory = _ => "benchmarks/results" };
Command join = new("join", "Joins reports into a table below a folder of the GPU's name.") { netGen, peers, results };
join.SetAction(result => Join(result.GetValue(netGen)!, result.GetValue(peers)!, result.GetValue(results)!));

var parsed = new RootCommand("NetGen on an NVIDIA GPU.") { run, list, ptx, join, part, firstStep }.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
try
{
    return parsed.Errors is [var first, ..] ? Fail(first.Message) : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is GpuException or IOException or UnauthorizedAccessException or JsonException or ArgumentException or InvalidOperationException)
{
    return Fail(e.Message);
}

int Run(string file, PartRun wanted, TimeSpan time, int atATime)
{
    var clock = Stopwatch.StartNew();
    var parts = Part.All.Where(each => each.Workloads.Any(wanted.Wants)).ToArray();
    if (parts.Length == 0)
    {
        return Fail($"--only: no workload begins with '{string.Join("' or '", wanted.Only)}'; the command list names them.");
    }
    var journal = new Journal(file, new Report
    {
        Command = $"NetGen.Gpu {string.Join(' ', args)}",
        Gpu = Describe(wanted.Device),
        Date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Versions = new SortedDictionary<string, string>
        {
            ["NetGen"] = typeof(NetGen.NetworkAttribute).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
            [".NET"] = Environment.Version.ToString(),
        },
        Rows = [],
    });
    journal.Write();
    var (program, arguments) = ChildProcess.Itself;
    string[] options =
    [
        "--device", wanted.Device.ToString(CultureInfo.InvariantCulture), .. wanted.Quick ? new[] { "--quick" } : [], .. wanted.Only.SelectMany(only => new[] { "--only", only }),
    ];
    Parallel.ForEach(parts.Where(each => each.IsCheck), new ParallelOptions { MaxDegreeOfParallelism = atATime }, RunOne);
    foreach (var each in parts.Where(each => !each.IsCheck))
    {
        RunOne(each);
    }
    return journal.IsGood ? 0 : 1;

    void RunOne(Part each)
    {
        if (journal.Wrong.FirstOrDefault(each.Needs) is { } wrong)
        {
            Add(new Entry(each.Name) { Missing = $"{wrong} is wrong" });
            return;
        }
        var left = time - clock.Elapsed;
        if (left < TimeSpan.FromSeconds(1))
        {
            Add(new Entry(each.Name) { Missing = "no time was left" });
        }
        else if (ChildProcess.Run(program, [.. arguments, "part", each.Name, .. options], left < each.Limit ? left : each.Limit, Add, Console.Error.WriteLine) is { } failure)
        {
            Add(new Entry(each.Name) { Missing = failure });
        }
    }

    void Add(Entry entry)
    {
        lock (journal)
        {
            journal.Add(entry);
            Console.WriteLine(entry);
        }
    }
}

static GpuDescription Describe(int index)
{
    var (context, accelerator, driver) = Driver.Open(index);
    using var _ = context;
    using var __ = accelerator;
    return new(accelerator.Name, driver.ToString());
}

static int RunPart(string name, PartRun run)
{
    if (Part.All.FirstOrDefault(part => part.Name == name) is not { } part)
    {
        return Fail($"There is no part '{name}'.");
    }
    try
    {
        part.Run(run);
        return 0;
    }
    catch (Exception e)
    {
        // Whatever it is, the program that started this one reports it in a line, and goes on.
        return Fail(e is GpuException ? e.Message : $"{e.GetType().Name}: {e.Message}");
    }
}

static int RunFirstStep(string name, int index)
{
    if (NetworkCase.All.FirstOrDefault(network => network.Title == name) is not { } network)
    {
        return Fail($"There is no network '{name}'.");
    }
    NetworkParts.FirstStep(network, index);
    return 0;
}

static int List()
{
    foreach (var workload in Part.All.SelectMany(part => part.Workloads))
    {
        Console.WriteLine(workload);
    }
    return 0;
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

static int Join(string[] netGen, string[] peers, string results)
{
    var own = Report.Joined([.. netGen.Select(file => Report.Parse(File.ReadAllText(file)))]);
    var other = peers.Length == 0 ? null : Report.Joined([.. peers.Select(file => Report.Parse(File.ReadAllText(file)))]);
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

static void Number(Option<int> option, int least) => option.Validators.Add(result =>
{
    if (result.Tokens is [var token]
        && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least))
    {
        result.AddError($"{option.Name}: '{token.Value}' is not a whole number from {least}.");
    }
});

static int Fail(string message)
{
    Console.Error.WriteLine($"gpu: {message.ReplaceLineEndings(" ")}");
    return 2;
}
