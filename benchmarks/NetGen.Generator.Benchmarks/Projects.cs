using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Networks;

namespace NetGen.Generator.Benchmarks;

/// <summary>What projects of large networks, or of many, take to build: the generator and the C# compiler, in a process that is warm.</summary>
internal static class Projects
{
    private const int Runs = 3;

    private const string Usings =
        "global using System.Collections.Generic; global using System.Linq; global using NetGen; global using static NetGen.Layers; global using static NetGen.Ops;";

    private static readonly (string Name, string[] Files)[] All =
    [
        ("20 networks", [.. Enumerable.Range(0, 20).Select(Small)]),
        .. Literature.All.Where(one => one.Name is "ResNet-50" or "Inception-v3").Select(one => (one.Name, new[] { Usings, one.Source })),
    ];

    /// <summary>A Markdown table with a row for each project: medians in seconds.</summary>
    public static string Table()
    {
        var table = new StringBuilder()
            .Append("| project | characters generated | generator | C# compiler | processor time of both |\n")
            .Append("|---|---|---|---|---|\n");
        foreach (var (name, files) in All)
        {
            Run(files);
            var runs = Enumerable.Range(0, Runs).Select(_ => Run(files)).ToArray();
            string Median(Func<(double Generator, double Compiler, double Processor, long Characters), double> of) =>
                runs.Select(of).Order().ElementAt(Runs / 2).ToString("F2", CultureInfo.InvariantCulture);
            table.Append(CultureInfo.InvariantCulture,
                $"| {name} | {runs[0].Characters:N0} | {Median(r => r.Generator)} s | {Median(r => r.Compiler)} s | {Median(r => r.Processor)} s |\n");
        }
        return table.ToString();
    }

    private static (double Generator, double Compiler, double Processor, long Characters) Run(string[] files)
    {
        var project = Users.Project([.. files.Select((text, i) => Users.Parse(text, $"Net{i}.cs"))]);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var driver = Users.Driver().RunGeneratorsAndUpdateCompilation(project, out var generated, out _);
        var generator = clock.Elapsed.TotalSeconds;
        var result = generated.Emit(Stream.Null);
        if (!result.Success)
            throw new InvalidOperationException("The project does not compile: " + string.Join("\n", result.Diagnostics.Take(5)));
        var both = clock.Elapsed.TotalSeconds;
        var processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        return (generator, both - generator, processor, driver.GetRunResult().GeneratedTrees.Sum(tree => (long)tree.Length));
    }

    /// <summary>A classifier with widths of its own.</summary>
    private static string Small(int i) =>
        $$"""
        using NetGen;
        using static NetGen.Layers;
        using static NetGen.Ops;

        [Network]
        public sealed partial class Net{{i}}
        {
            private readonly Layer layers = Sequential(
                Conv2D({{8 + (4 * i)}}, kernel: 3), Relu, MaxPool2D(2), Flatten, Dense({{100 + (3 * i)}}), Relu, Dropout(0.5f), Dense(10));

            public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers(image);

            [Objective]
            public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }

        """;
}
