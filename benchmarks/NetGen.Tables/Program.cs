using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using NetGen;
using NetGen.Data;
using static System.FormattableString;

// From the CSV file of UCI Adult to encoded arrays for training and testing: read, split by class, fit, encode. By turns with pandas and
// scikit-learn, if this machine has them, each in one thread. The time of the processor is that of all threads of the process (the garbage
// collector's and the JIT's too): it says more on a machine that has other things to do.
if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("NetGen.Tables ADULT.DATA [PYTHON]");
    return 2;
}

const int Rounds = 15;
string[] phases = ["read", "split", "fit", "encode"];
double[] fastest = [.. phases.Select(_ => double.PositiveInfinity)];
string file = Path.GetFullPath(args[0]);
(double, double, int, int, int) Mine()
{
    TimeSpan before = Environment.CpuUsage.TotalTime;
    Stopwatch watch = Stopwatch.StartNew();
    var (train, test) = Run(file, fastest);
    double seconds = watch.Elapsed.TotalSeconds, processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    int rich = train["rich"].Floats.ToArray().Concat(test["rich"].Floats.ToArray()).Count(y => y == 1);
    return (seconds, processor, train.Count + test.Count, train["person"].Length, rich);
}

using Process? python = StartPeer(args.Length > 1 ? args[1] : "python3");
string? peer = python?.StandardOutput.ReadLine();
List<double> mine = [], mineOfProcessor = [], theirs = [], theirsOfProcessor = [];
// Warm: until the JIT has compiled nothing more for some rounds.
long compiled = -1;
for (int quiet = 0; quiet < 20; quiet = compiled == JitInfo.GetCompiledMethodCount() ? quiet + 1 : 0)
{
    compiled = JitInfo.GetCompiledMethodCount();
    Mine();
}

for (int round = -3; round < Rounds; round++)
{
    var (seconds, processor, rows, width, rich) = Mine();
    double other = 0, otherProcessor = 0;
    if (peer is not null)
    {
        python!.StandardInput.WriteLine(file);
        string[] said = (python.StandardOutput.ReadLine() ?? "").Split(' ');
        string facts = Invariant($"{rows} {width} {rich}");
        if (string.Join(' ', said[2..]) != facts)
        {
            Console.Error.WriteLine($"The two sides do not do the same: {facts} here, {string.Join(' ', said[2..])} there.");
            return 1;
        }

        other = double.Parse(said[0], CultureInfo.InvariantCulture);
        otherProcessor = double.Parse(said[1], CultureInfo.InvariantCulture);
    }

    // The first ones are for Python.
    if (round < 0)
        continue;
    mine.Add(seconds);
    mineOfProcessor.Add(processor);
    theirs.Add(other);
    theirsOfProcessor.Add(otherProcessor);
}

Console.WriteLine(Invariant($"{Path.GetFileName(file)}, {new FileInfo(file).Length / 1e6:F1} MB, to encoded arrays; medians of {Rounds} turns ± half the distance of the quartiles"));
Console.WriteLine(Invariant($"NetGen: {Text(mine)}; of the processor {Text(mineOfProcessor)}"));
Console.WriteLine("The fastest of each phase: " + string.Join(", ", phases.Zip(fastest, (phase, seconds) => Invariant($"{phase} {1e3 * seconds:F1} ms"))));
if (peer is null)
    Console.WriteLine("pandas and scikit-learn: not on this machine");
else
{
    Console.WriteLine(Invariant($"{peer}: {Text(theirs)}, {Median(theirs) / Median(mine):F1}×; of the processor {Text(theirsOfProcessor)}, {Median(theirsOfProcessor) / Median(mineOfProcessor):F1}×"));
}

return 0;

static (Dataset Train, Dataset Test) Run(string file, double[] fastest)
{
    long began = Stopwatch.GetTimestamp();
    void Ends(int phase)
    {
        long now = Stopwatch.GetTimestamp();
        fastest[phase] = Math.Min(fastest[phase], Stopwatch.GetElapsedTime(began, now).TotalSeconds);
        began = now;
    }

    Table adult = Table.ReadCsv(file, new CsvOptions
    {
        HasHeader = false,
        Names =
        [
            "age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship", "race", "sex", "capital-gain",
            "capital-loss", "hours-per-week", "native-country", "income",
        ],
    });
    Ends(0);
    var (train, test) = adult.TrainTestSplit(0.2, seed: 1, stratifyBy: "income");
    Ends(1);
    Feature Number(string name) => Feature.Number(name).Standardize();
    Feature Amount(string name) => Feature.Number(name).Log1p().Standardize();
    Feature Category(string name) => Feature.Category(name).MissingAs("?").OnUnknown(Unknown.None).OneHot();
    FittedSchema schema = new Schema(
        Output.Numbers(
            "person", Number("age"), Number("fnlwgt"), Number("education-num"), Number("hours-per-week"), Amount("capital-gain"), Amount("capital-loss"),
            Category("workclass"), Category("education"), Category("marital-status"), Category("occupation"), Category("relationship"), Category("race"),
            Category("sex"), Category("native-country")),
        Output.Numbers("rich", Feature.Category("income").Is(">50K"))).Fit(train);
    Ends(2);
    (Dataset, Dataset) encoded = (schema.Encode(train), schema.Encode(test));
    Ends(3);
    return encoded;
}

static Process? StartPeer(string python)
{
    ProcessStartInfo start = new(python, [Path.Combine(AppContext.BaseDirectory, "peer.py")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
    foreach (string variable in new[] { "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS" })
        start.Environment[variable] = "1";
    try
    {
        return Process.Start(start);
    }
    catch (System.ComponentModel.Win32Exception)
    {
        return null;
    }
}

static string Text(List<double> seconds) => Invariant($"{1e3 * Median(seconds):F1} ms ± {1e3 * (Quantile(seconds, 0.75) - Quantile(seconds, 0.25)) / 2:F1}");

static double Median(List<double> seconds) => Quantile(seconds, 0.5);

static double Quantile(List<double> seconds, double share) => seconds.Order().ElementAt((int)Math.Round(share * (seconds.Count - 1)));
