using System.CommandLine;
using NetGen;
using NetGen.Data;
using NetGen.Metrics;
using static System.FormattableString;

var epochs = SampleCommand.Number("--epochs", "Passes over the windows of the first three years.", 20, 1, 1000);
Option<string> plot = new("--plot") { Description = "Where the picture goes (.svg or .png).", DefaultValueFactory = _ => "forecast.svg" };
return SampleCommand.Run(args, "timeseries", "Forecasts tomorrow's temperature from the last 31 days.", [epochs, plot], said =>
{
    using var csv = typeof(Past).Assembly.GetManifestResourceStream("seattle-weather.csv")!;
    var table = Table.ReadCsv(csv, "seattle-weather.csv");
    // The last year is for the test, and means come from the years before it.
    var (train, test) = table.Split(Splits.ByTime<DateTime>(table.TimesOf("date"), 0.25));
    FittedSchema schema = new Schema(Output.Numbers("weather",
        Feature.Number("temp_max").Standardize(), Feature.Number("temp_min").Standardize(), Feature.Number("wind").Standardize(),
        Feature.Number("precipitation").Log1p().Standardize(), Feature.Number("precipitation").Clip(0, 1),
        Feature.Date("date").Cycle(DatePart.DayOfYear))).Fit(train);
    var degrees = train.Describe().Columns.Single(column => column.Name == "temp_max");
    Dataset Windows(Table days) => Series.Windows(schema.Encode(days)["weather"], Past.Days, targets: [0]);
    var (known, unknown) = (Windows(train), Windows(test));

    float[] truth = unknown["future"].Floats.ToArray(), window = unknown["window"].Floats.ToArray();
    float[] today = [.. Enumerable.Range(0, unknown.Count).Select(i => window[((i + 1) * Past.Days - 1) * Past.Numbers])];
    var naive = Error(today);
    Console.WriteLine(Invariant($"As today: wrong by {naive:F2} °C in the mean, over {unknown.Count} days of the last year"));

    using LstmForecaster lstm = new(seed: 1);
    using ConvolutionForecaster convolution = new(seed: 1);
    using TransformerForecaster transformer = new(seed: 1);
    var forecasts = new[]
    {
        ("LSTM", Learn(lstm, lstm.Predict)), ("Convolution", Learn(convolution, convolution.Predict)),
        ("Transformer", Learn(transformer, transformer.Predict)),
    };
    foreach (var (name, forecast) in forecasts)
        Console.WriteLine(Invariant($"{name}: {Error(forecast):F2} °C, {100 * (1 - (Error(forecast) / naive)):F0} % less"));
    Console.WriteLine("To expect: each less than the naive forecast, the LSTM and the transformer by at least 6 %.");

    var shown = forecasts.Prepend(("measured", truth)).Select(series => (series.Item1,
        (IReadOnlyList<(double, double)>)[.. series.Item2.TakeLast(60).Select((value, day) => ((double)day, Celsius(value)))]));
    var path = said.GetRequiredValue(plot);
    Plot.Lines("The highest temperature of a day, forecast on the day before", "day", "°C", [.. shown]).Save(path);
    Console.WriteLine($"Picture: {path}");

    float[] Learn(ITrainable network, Func<ReadOnlySpan<float>, float[]> predict)
    {
        FitOptions options = new() { Epochs = said.GetValue(epochs), BatchSize = 32, Seed = 1, Schedule = Schedule.Cosine(0.05) };
        network.Fit(known, options, new AdamW(2e-3f, weightDecay: 0.01f));
        return predict(window);
    }

    double Celsius(float standardized) => (standardized * degrees.StandardDeviation) + degrees.Mean;
    double Error(float[] forecast) => forecast.Zip(truth, (a, b) => Math.Abs(Celsius(a) - Celsius(b))).Average();
});
