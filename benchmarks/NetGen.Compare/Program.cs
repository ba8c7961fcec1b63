using Comparison;

return Options.Run(args, options =>
{
    if (!Workload.AgainstTorch.Any(options.IsWanted))
    {
        return Options.Fail($"--only: no workload's name starts with '{options.Only}'. There are {string.Join(", ", Workload.AgainstTorch.Select(w => w.Name))}.");
    }
    var command = $"dotnet run -c Release --project benchmarks/NetGen.Compare -- {string.Join(' ', args)}".TrimEnd(' ', '-');
    var report = Terminal.Show(found => new Comparer(options, found).Run(command));
    if (options.Folder(report.Machine) is { } folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"compare-{report.Machine.VectorBits}-bit-{options.Threads}-threads{(options.Quick ? "-quick" : "")}");
        File.WriteAllText(path + ".json", report.ToJson());
        File.WriteAllText(path + ".md", Markdown.Write(report));
        Console.WriteLine($"Written: {path}.md and .json");
    }
    foreach (var name in report.Disagreements)
    {
        Console.Error.WriteLine($"{name}: the sides do not agree, {report.Agreements[name]}. It was not timed.");
    }
    return report.Disagreements.Count == 0 ? 0 : 1;
});
