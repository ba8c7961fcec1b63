using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>The work of one call: every worker runs it, and takes its share by its number.</summary>
/// <param name="frame">The call.</param>
/// <param name="worker">0 to <paramref name="workers"/> − 1; 0 is the calling thread.</param>
/// <param name="workers">How many workers share the work.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void ParallelBody(CallFrame frame, int worker, int workers);
