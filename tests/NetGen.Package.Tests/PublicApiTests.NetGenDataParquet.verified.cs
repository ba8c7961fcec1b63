namespace NetGen.Data
{
    public static class ParquetTables
    {
        public static long CountRows(string path) { }
        public static NetGen.Data.Table Read(string path, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string> columns) { }
        public static System.Threading.Tasks.Task<NetGen.Data.Table> ReadAsync(string path, System.Collections.Generic.IReadOnlyList<string>? columns = null, System.Threading.CancellationToken cancellationToken = default) { }
        public static System.Collections.Generic.IEnumerable<NetGen.Data.Table> ReadBlocks(string path, [System.Runtime.CompilerServices.ParamCollection] System.Collections.Generic.IReadOnlyList<string> columns) { }
        [System.Runtime.CompilerServices.AsyncIteratorStateMachine(typeof(NetGen.Data.ParquetTables.<ReadBlocksAsync>d__3))]
        public static System.Collections.Generic.IAsyncEnumerable<NetGen.Data.Table> ReadBlocksAsync(string path, System.Collections.Generic.IReadOnlyList<string>? columns = null, [System.Runtime.CompilerServices.EnumeratorCancellation] System.Threading.CancellationToken cancellationToken = default) { }
        public static System.Threading.Tasks.Task WriteAsync(NetGen.Data.Table table, string path, System.Threading.CancellationToken cancellationToken = default) { }
    }
}