namespace Comparison;

/// <summary>Who computes.</summary>
internal abstract class Side : IDisposable
{
    /// <summary>What was chosen where the documentation offers a choice.</summary>
    public abstract string Setting { get; }

    /// <summary>Called, outside of the time, when it is this side's turn.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>Computes once.</summary>
    public abstract void Run();

    public abstract void Dispose();
}
