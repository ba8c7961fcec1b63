using Comparison;

return Options.Run(args, options =>
{
    if (options.Held && !Width.IsHeld)
    {
        return Width.Restart(args);
    }
    // The switches that narrow the registers belong to what made the table.
    var switches = options.Held ? "" : string.Concat(new[] { "DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic" }
        .Where(name => Environment.GetEnvironmentVariable(name) == "0").Select(name => $"{name}=0 "));
    var command = $"{switches}dotnet run -c Release --project benchmarks/NetGen.Compare -- {string.Join(' ', args)}".TrimEnd(' ', '-');
    var report = Terminal.Show(found => new Comparer(options, found).Run(command)) with { Held = options.Held };
    if (report.Agreements.Count + report.Rows.Count == 0)
    {
        return Options.Fail($"--only: there is no workload '{options.Only}'; they are called like cnn/32/step, or cnn/32, or cnn for all of a network.");
    }
    Console.WriteLine(Markdown.Measured(report));
    if (options.Folder(report.Machine) is { } folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"compare-{report.Machine.VectorBits}-bit-{options.Threads}-threads{(options.Held ? "-held" : "")}{(options.Untuned ? "-untuned" : "")}{(options.Quick ? "-quick" : "")}");
        File.WriteAllText(path + ".json", report.ToJson());
        File.WriteAllText(path + ".md", Markdown.Write(report));
        Console.WriteLine($"Written: {path}.md and .json");
    }
    var wrong = report.Agreements.Where(pair => !pair.Value.Holds).ToArray();
    foreach (var (what, agreement) in wrong)
    {
        Console.Error.WriteLine($"The sides do not agree, and were not timed: {what}: {agreement}.");
    }
    return wrong.Length == 0 ? 0 : 1;
});
