using Microsoft.Extensions.Logging;
using NetGen.AspNetCore.Observation;
using NetGen.Metrics;

namespace NetGen.AspNetCore.Serving;

/// <summary>Makes networks with the weights of a file, and notices when that is another one.</summary>
internal sealed class WeightsFile(
    Func<IPredictor> create, NetworkServiceOptions options, TimeProvider time, NetworkMetrics metrics, ILogger logger)
{
    /// <summary>The state of the file that was read last; null: none, or it was written meanwhile and has to be read again.</summary>
    private FileStamp? read;

    /// <summary>What went wrong when it was read last; null: nothing.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Whether the file is another one than that which was read last, be it that it could be used or not.</summary>
    public bool HasChanged() => FileStamp.Of(options.Path) != read;

    /// <summary>
    /// A network with the weights of the file, which has computed once: the first request does not wait for the JIT. One caller at a
    /// time.
    /// </summary>
    public LoadedNetwork Load()
    {
        IPredictor? network = null;
        try
        {
            FileStamp? before = read = FileStamp.Of(options.Path);
            network = create();
            network.Load(options.Path, options.Order);
            DriftMonitor? drift = Watch(network);
            if (FileStamp.Of(options.Path) != before)
            {
                read = null;
                throw new IOException($"'{options.Path}' was written while it was read, and is read again.");
            }

            ComputeOnce(network);
            LoadedNetwork loaded = new(network, WeightsVersion.Of(network, time.GetUtcNow()), drift);
            Failure = null;
            metrics.Reload(succeeded: true);
            Log.Loaded(logger, network.Name, options.Path, loaded.Version.Id);
            return loaded;
        }
        catch (Exception exception)
        {
            network?.Dispose();
            Failure = new Failure(exception.Message, time.GetUtcNow());
            metrics.Reload(succeeded: false);
            Log.NotLoaded(logger, exception, options.Path);
            throw;
        }
    }

    private DriftMonitor? Watch(IPredictor network)
    {
        try
        {
            DriftReference? reference = DriftReference.FromMetadata(SafeTensors.ReadMetadata(options.Path));
            return reference is null ? null : new(reference.Watch(network), options.DriftWindow);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"The weights of {options.Path} are for another network. {exception.Message}", exception);
        }
    }

    private void ComputeOnce(IPredictor network)
    {
        foreach (int samples in (ReadOnlySpan<int>)[1, options.MaximalBatchSize])
        {
            DataColumn[] columns = new DataColumn[network.Inputs.Length];
            for (int i = 0; i < columns.Length; i++)
            {
                ColumnSpec input = network.Inputs[i];
                columns[i] = input.Type == ColumnType.Float
                    ? new(input.Name, new float[samples * input.Length], input.Shape)
                    : new(input.Name, new int[samples * input.Length], input.Shape);
            }

            Batch batch = new(network.Inputs, samples);
            batch.Fill(new Dataset(columns), 0, samples);
            network.PredictBatch(batch, new float[samples * network.Output.Length]);
        }
    }
}
