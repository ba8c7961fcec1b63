using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>One stream of random numbers, made by <see cref="Philox.Key"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PhiloxKey
{
    internal PhiloxKey(uint key, uint counter)
    {
        Key = key;
        Counter = counter;
    }

    internal uint Key { get; }

    /// <summary>The high word of the counter; the low one is the element.</summary>
    internal uint Counter { get; }
}
