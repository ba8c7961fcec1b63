using NetGen.Cuda.Driver;

namespace NetGen.Cuda.Host;

/// <summary>
/// The launches of a network's programs as CUDA graphs. A program that is used for the second time with the same batch is captured, and from then on
/// replayed with one call; the first time its launches go one by one, which also loads its kernels. A few uses are kept, those of late.
/// </summary>
internal sealed class CudaGraphs(CudaSession session, nint stream) : IDisposable
{
    /// <summary>Steps and evaluations, each with whole batches and a last one, of two objectives.</summary>
    private const int Most = 8;

    /// <summary>The latest last.</summary>
    private readonly List<Use> uses = [];

    private readonly CudaBranches branches = new(session, stream);

    private bool canCapture = true;

    /// <summary>The branches of the graph that is being captured; null: launches follow each other in the network's queue.</summary>
    public CudaBranches? Branches { get; private set; }

    private IDriver Driver => session.Driver;

    /// <summary>Runs a program.</summary>
    /// <param name="program">It; the same delegate for the same program.</param>
    /// <param name="batch">Its launches depend on this, and on memory that stays where it is until <see cref="Clear"/>.</param>
    /// <param name="call">What it launches through.</param>
    public void Run(Action<CudaCall> program, int batch, CudaCall call)
    {
        var at = uses.FindLastIndex(use => use.Batch == batch && use.Program == program);
        if (at < 0 || (uses[at].Graph == 0 && !canCapture))
        {
            if (at < 0 && canCapture)
            {
                Add(new Use(program, batch));
            }
            program(call);
            return;
        }
        var use = uses[at];
        uses.RemoveAt(at);
        uses.Add(use);
        if (use.Graph == 0)
        {
            use.Graph = Capture(program, call);
        }
        if (use.Graph == 0)
        {
            program(call);
            return;
        }
        session.Check(Driver.GraphLaunch(use.Graph, stream), "Launching a graph");
    }

    /// <summary>Forgets all graphs: memory that they work on is about to go. Nothing runs.</summary>
    public void Clear()
    {
        foreach (var use in uses)
        {
            Destroy(use);
        }
        uses.Clear();
    }

    public void Dispose()
    {
        Clear();
        branches.Dispose();
    }

    private void Add(Use use)
    {
        if (uses.Count == Most)
        {
            // What may run still are steps of one program, with whole batches and a last one: the oldest of all is none of these.
            Destroy(uses[0]);
            uses.RemoveAt(0);
        }
        uses.Add(use);
    }

    /// <summary>The program's launches as a graph; 0 where the driver does not make one, and then it is not asked again.</summary>
    private nint Capture(Action<CudaCall> program, CudaCall call)
    {
        canCapture = false;
        if (Driver.StreamBeginCapture(stream, CaptureMode.Relaxed) != DriverResult.Success)
        {
            return 0;
        }
        var isWhole = false;
        nint graph = 0;
        branches.Begin();
        Branches = branches;
        try
        {
            program(call);
            isWhole = true;
        }
        catch (DriverException)
        {
            // If it is the kernel, and not the capture, the launch that follows says so.
        }
        finally
        {
            Branches = null;
            // A capture that has begun must end, however it went.
            isWhole &= Driver.StreamEndCapture(stream, out graph) == DriverResult.Success;
            if (!isWhole)
            {
                Destroy(graph);
            }
        }
        if (!isWhole)
        {
            return 0;
        }
        canCapture = Driver.GraphInstantiateWithFlags(out var executable, graph, flags: 0) == DriverResult.Success;
        Destroy(graph);
        return canCapture ? executable : 0;
    }

    private void Destroy(nint graph)
    {
        if (graph != 0)
        {
            _ = Driver.GraphDestroy(graph);
        }
    }

    private void Destroy(Use use)
    {
        if (use.Graph != 0)
        {
            _ = Driver.GraphExecDestroy(use.Graph);
            use.Graph = 0;
        }
    }

    private sealed class Use(Action<CudaCall> program, int batch)
    {
        public Action<CudaCall> Program { get; } = program;

        public int Batch { get; } = batch;

        public nint Graph { get; set; }
    }
}
