namespace Comparison;

/// <summary>Who NetGen is compared with.</summary>
internal abstract class Peer
{
    /// <summary>As in options and tables.</summary>
    public abstract string Name { get; }

    /// <summary>Whose numbers they are, and what holds for all workloads.</summary>
    public abstract PeerDescription Description { get; }

    /// <summary>What it is compared on.</summary>
    public abstract IEnumerable<Workload> Workloads { get; }

    /// <summary>Whether both sides compute the same, from the same weights.</summary>
    public abstract Agreement Agree(Model model, SampleBatch batch, int threads);

    /// <summary>The peer's side in each of the settings that its documentation offers.</summary>
    /// <param name="workload">What to compute.</param>
    /// <param name="batch">What to compute with.</param>
    /// <param name="parameters">In the peers' order.</param>
    public abstract IReadOnlyList<Side> Settings(Workload workload, SampleBatch batch, float[][] parameters);

    /// <summary>All, by name; nothing is loaded before it is called.</summary>
    public static IReadOnlyDictionary<string, Func<Options, Peer>> All { get; } = new Dictionary<string, Func<Options, Peer>>
    {
        [TorchPeer.Libtorch] = options => new TorchPeer(options.Threads, options.Untuned),
        ["onnxruntime"] = options => new OnnxPeer(options.Threads, options.Quick),
        [BlasPeer.OpenBlas] = options => new BlasPeer(BlasPeer.OpenBlas, BlasLibrary.OpenBlas(), options.Threads),
        [BlasPeer.Blis] = options => new BlasPeer(BlasPeer.Blis, BlasLibrary.Blis(), options.Threads),
    };

    /// <summary>The names of those that are here: the packages bring the first two, the system has the others or not.</summary>
    public static IReadOnlyList<string> Here { get; } =
        [.. All.Keys.Where(name => (name != BlasPeer.OpenBlas || BlasLibrary.HasOpenBlas) && (name != BlasPeer.Blis || BlasLibrary.HasBlis))];
}
