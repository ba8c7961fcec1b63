using System.Text;
using NetGen;
using NetGen.Data;
using static System.FormattableString;

/// <summary>Who rated what, how.</summary>
/// <param name="Data">Columns <c>user</c> and <c>item</c>, numbered from 0, and <c>rating</c>.</param>
/// <param name="Titles">What the items are called.</param>
/// <param name="Raters">How many users there are.</param>
/// <param name="Noise">The standard deviation of what cannot be known, where the ratings are made: no test error can be less.</param>
internal sealed record Ratings(Dataset Data, string[] Titles, int Raters, double? Noise)
{
    /// <summary>The sizes of the tables: users of MovieLens 100k, films of the small set of 2016.</summary>
    public const int Users = 943, Items = 9066;

    /// <summary>Films of MovieLens 100k.</summary>
    private const int OldItems = 1682;

    /// <summary>
    /// MovieLens 100k (Harper and Konstan 2015), which <c>get-movielens.sh</c> brings, or the small set of 2016, by
    /// <c>get-movielens-small.sh</c>.
    /// </summary>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static Ratings MovieLens(string folder) =>
        File.Exists(Path.Combine(folder, "ratings.csv")) ? MovieLensSmall(folder) : MovieLens100k(folder);

    private static Ratings MovieLensSmall(string folder)
    {
        var (table, movies) = (Table.ReadCsv(Path.Combine(folder, "ratings.csv")), Table.ReadCsv(Path.Combine(folder, "movies.csv")));
        var (users, items) = (Numbered("userId"), Numbered("movieId"));
        var names = movies["movieId"].Numbers.ToArray().Select((number, row) => (number, movies["title"].Text(row) ?? "")).ToDictionary();
        if (users.Count > Users || items.Count > Items)
        {
            throw new InvalidDataException(
                $"'{folder}' has {users.Count} users and {items.Count} films; the networks have room for {Users} and {Items}.");
        }
        return Of(
            Places("userId", users), Places("movieId", items), Array.ConvertAll(table["rating"].Numbers.ToArray(), rating => (float)rating),
            [.. items.OrderBy(item => item.Value).Select(item => names[item.Key])], null);

        // In the order of their numbers, which have gaps.
        Dictionary<double, int> Numbered(string name) =>
            table[name].Numbers.ToArray().Distinct().Order().Select((number, i) => (number, i)).ToDictionary();
        int[] Places(string name, Dictionary<double, int> places) => Array.ConvertAll(table[name].Numbers.ToArray(), number => places[number]);
    }

    private static Ratings MovieLens100k(string folder)
    {
        var options = new CsvOptions { Separator = '\t', HasHeader = false, Names = ["user", "item", "rating", "time"] };
        var table = Table.ReadCsv(Path.Combine(folder, "u.data"), options);
        var titles = File.ReadLines(Path.Combine(folder, "u.item"), Encoding.Latin1).Select(line => line.Split('|')[1]);
        var ratings = Array.ConvertAll(table["rating"].Numbers.ToArray(), rating => (float)rating);
        return Of(Numbered("user"), Numbered("item"), ratings, [.. titles], null);

        int[] Numbered(string name) => Array.ConvertAll(table[name].Numbers.ToArray(), number => (int)number - 1);
    }

    /// <summary>Ratings of users and items with vectors of three numbers, made by a seed, with noise that nothing explains.</summary>
    public static Ratings Generated(int count, ulong seed)
    {
        const double noise = 0.9;
        var random = new Random((int)seed);
        var (userVectors, itemVectors) = (Vectors(Users), Vectors(OldItems));
        var (users, items, ratings) = (new int[count], new int[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var (user, item) = (userVectors[users[i] = random.Next(Users)], itemVectors[items[i] = random.Next(OldItems)]);
            var agreement = user.Skip(1).Zip(item.Skip(1), (a, b) => a * b).Sum();
            ratings[i] = (float)(3.5 + (0.4 * user[0]) + (0.5 * item[0]) + (0.3 * agreement) + (noise * Normal()));
        }

        return Of(users, items, ratings, [.. Enumerable.Range(1, OldItems).Select(item => Invariant($"item {item}"))], noise);

        double[][] Vectors(int rows) => [.. Enumerable.Range(0, rows).Select(_ => new[] { Normal(), Normal(), Normal(), Normal() })];
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    private static Ratings Of(int[] users, int[] items, float[] ratings, string[] titles, double? noise) =>
        new(new(new DataColumn("user", users), new DataColumn("item", items), new DataColumn("rating", ratings, 1)), titles, users.Max() + 1, noise);
}
