using System.CommandLine;
using NetGen;
using NetGen.Metrics;
using NetGen.Terminal;
using static System.FormattableString;

var model = SampleCommand.Choice("--model", "Matrix factorization, or neural collaborative filtering.", "mf", "ncf");
Option<string?> data = new("--data") { Description = "Folder with ratings of MovieLens (default: ratings that are made)." };
var epochs = SampleCommand.Number("--epochs", "Most passes over the ratings.", 40, 1, 1000);
var user = SampleCommand.Number("--user", "For whom the top ten are.", 1, 1, Ratings.Users);
return SampleCommand.Run(args, "recommender", "Learns from ratings what users will like.", [model, data, epochs, user], said =>
{
    var ratings = said.GetValue(data) is { } folder ? Ratings.MovieLens(folder) : Ratings.Generated(300_000, seed: 1);
    if (said.GetValue(user) > ratings.Raters)
        throw new InvalidDataException($"There are {ratings.Raters} users.");
    var (train, test) = ratings.Data.Shuffle(seed: 1).TrainTestSplit(testFraction: 0.1);
    Console.WriteLine($"{(ratings.Noise is null ? "MovieLens" : "Generated")}: {ratings.Data}");
    if (said.GetValue(model) == "mf")
    {
        using var network = new MatrixFactorization(seed: 1);
        Learn(network, network.Predict);
    }
    else
    {
        using var network = new Ncf(seed: 1);
        Learn(network, network.Predict);
    }

    void Learn(ITrainable network, Predictor predict)
    {
        var error = new CustomMetric("RMSE", rows =>
        {
            var predicted = predict(rows["user"].Labels.Span, rows["item"].Labels.Span);
            return Regression.Of(predicted, rows["rating"].Floats.Span).RootMeanSquaredError;
        }, higherIsBetter: false);
        network.Fit(train, new FitOptions
        {
            Epochs = said.GetValue(epochs),
            BatchSize = 256,
            ValidationFraction = 0.1,
            Metrics = [error],
            EarlyStopping = new EarlyStopping(patience: 3, error.Name),
            Progress = ConsoleProgress.Create(),
        }, new Adam(2e-3f));
        var tested = network.Evaluate(test, [error]).Metrics[error.Name];
        Console.WriteLine(Invariant($"Test RMSE {tested:F4}."));
        Console.WriteLine(ratings.Noise is { } noise
            ? Invariant($"To expect: at most {1.05 * noise:F4}, 5 % above the noise of {noise}.")
            : "The aim: at most 0.93.");
        TopTen(predict, said.GetValue(user) - 1);
    }

    // The best by prediction of what the user has not rated.
    void TopTen(Predictor predict, int user)
    {
        var (users, items) = (ratings.Data["user"].Labels.ToArray(), ratings.Data["item"].Labels.ToArray());
        int[] unseen = [.. Enumerable.Range(0, ratings.Titles.Length).Except(items.Where((_, i) => users[i] == user))];
        var scores = predict([.. Enumerable.Repeat(user, unseen.Length)], unseen);
        Array.Sort(scores, unseen);
        Console.WriteLine($"Top ten for user {user + 1}:");
        for (var i = 1; i <= Math.Min(10, unseen.Length); i++)
            Console.WriteLine(Invariant($"{i,4}. {scores[^i]:F2}  {ratings.Titles[unseen[^i]]}"));
    }
});

/// <summary>A network's Predict: users and items to a rating for each.</summary>
internal delegate float[] Predictor(ReadOnlySpan<int> users, ReadOnlySpan<int> items);
