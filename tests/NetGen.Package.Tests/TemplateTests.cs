using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>
/// The templates as a user has them: installed from the package, made into projects, built with nothing but the packages, and run.
/// </summary>
public sealed class TemplateTests(PackedPackages packages)
{
    [Fact]
    public void Projects_of_all_templates_build_train_and_test()
    {
        var folder = packages.CreateFolder("templates");
        // The projects' names are those that a user would choose, also that of a class in them.
        (string Template, string Project, string[] Arguments)[] projects =
        [
            ("netgen-mlp", "Digits", []), ("netgen-cnn", "My.Cnn", []), ("netgen-tabular", "Flowers", []),
            ("netgen-text", "Writer", ["Xml"]), ("netgen-webapi", "Service", ["train"]),
        ];
        DotNet.New(packages, folder, [.. projects.Select(project => (project.Template, project.Project))]);
        DotNet.BuildAll(folder, [.. projects.Select(project => project.Project)]);

        foreach (var (template, project, arguments) in projects)
        {
            var said = DotNet.Run(Path.Combine(folder, project), ["run", "-c", "Release", "--no-build", "--", .. arguments]);
            Assert.Single(Directory.GetFiles(Path.Combine(folder, project), "*.safetensors"));
            if (template == "netgen-text")
            {
                Writes(said, arguments[0]);
                continue;
            }
            var accuracy = Regex.Match(said, @"^test accuracy (0\.\d+|1\.000)\s*$", RegexOptions.Multiline);
            Assert.True(accuracy.Success, $"{project} says:\n{said}");
            Assert.InRange(double.Parse(accuracy.Groups[1].Value, CultureInfo.InvariantCulture), 0.9, 1);
        }
    }

    /// <summary>Far better than what counts of pairs of characters say of such names, which is 2.45 nats; and ten lines that begin as was asked for.</summary>
    private static void Writes(string said, string beginning)
    {
        var loss = Regex.Match(said, @"^test loss (\d\.\d+) nats", RegexOptions.Multiline);
        Assert.True(loss.Success, said);
        Assert.InRange(double.Parse(loss.Groups[1].Value, CultureInfo.InvariantCulture), 0.5, 1.5);
        Assert.Equal(10, Regex.Count(said, $"^{beginning}[A-Za-z]*( \\(one of those that it knows\\))?\r?$", RegexOptions.Multiline));
    }
}
