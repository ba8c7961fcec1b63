namespace NetGen.AspNetCore
{
    public sealed class LoggerCallback : NetGen.FitCallback
    {
        public LoggerCallback(Microsoft.Extensions.Logging.ILogger logger) { }
        public override void OnBegin(NetGen.FitContext fit) { }
        public override void OnEnd(NetGen.FitContext fit, NetGen.History history) { }
        public override void OnEpochEnd(NetGen.FitContext fit) { }
        public override void OnException(NetGen.FitContext fit, System.Exception exception) { }
    }
    public sealed class NetworkBusyException : System.Exception
    {
        public System.TimeSpan RetryAfter { get; }
    }
    public static class NetworkEndpoints
    {
        public static Microsoft.AspNetCore.Builder.IEndpointConventionBuilder MapNetwork<T>(this Microsoft.AspNetCore.Routing.IEndpointRouteBuilder endpoints, string pattern)
            where T :  class, NetGen.IPredictor<T> { }
    }
    public static class NetworkServiceCollectionExtensions
    {
        public static Microsoft.Extensions.DependencyInjection.IHealthChecksBuilder AddNetwork<T>(this Microsoft.Extensions.DependencyInjection.IHealthChecksBuilder builder, string? name = null, System.Collections.Generic.IEnumerable<string>? tags = null)
            where T :  class, NetGen.IPredictor<T> { }
        public static Microsoft.Extensions.DependencyInjection.IServiceCollection AddNetwork<T>(this Microsoft.Extensions.DependencyInjection.IServiceCollection services, string path, System.Action<NetGen.AspNetCore.NetworkServiceOptions>? configure = null)
            where T :  class, NetGen.IPredictor<T> { }
    }
    public sealed class NetworkServiceOptions
    {
        public NetworkServiceOptions() { }
        public NetGen.Device? Device { get; set; }
        public double DriftLimit { get; set; }
        public int DriftWindow { get; set; }
        public int MaximalBatchSize { get; set; }
        public int MaximalQueue { get; set; }
        public int MaximalRequest { get; set; }
        public System.TimeSpan MaximalWait { get; set; }
        public NetGen.FileOrder Order { get; set; }
        public string Path { get; set; }
        public System.TimeSpan ReloadInterval { get; set; }
        public System.TimeSpan RetryAfter { get; set; }
    }
    public sealed class NetworkService<T> : Microsoft.Extensions.Hosting.IHostedService, System.IDisposable
        where T :  class, NetGen.IPredictor<T>
    {
        public NetGen.AspNetCore.WeightsVersion Weights { get; }
        public void Dispose() { }
        public System.Threading.Tasks.Task<NetGen.AspNetCore.Prediction> PredictAsync(NetGen.Dataset samples, System.Threading.CancellationToken cancellation = default) { }
        public System.Threading.Tasks.Task<NetGen.AspNetCore.Prediction> PredictAsync(System.ReadOnlyMemory<float> values, System.Threading.CancellationToken cancellation = default) { }
        public System.Threading.Tasks.Task<NetGen.AspNetCore.WeightsVersion> ReloadAsync(System.Threading.CancellationToken cancellation = default) { }
    }
    public sealed class Prediction : System.IEquatable<NetGen.AspNetCore.Prediction>
    {
        public Prediction(float[] Values, int Count, NetGen.AspNetCore.WeightsVersion Weights) { }
        public int Count { get; init; }
        public float[] Values { get; init; }
        public NetGen.AspNetCore.WeightsVersion Weights { get; init; }
        public override string ToString() { }
    }
    public sealed class WeightsVersion : System.IEquatable<NetGen.AspNetCore.WeightsVersion>
    {
        public WeightsVersion(string Id, System.DateTimeOffset Loaded) { }
        public string Id { get; init; }
        public System.DateTimeOffset Loaded { get; init; }
        public override string ToString() { }
        public static NetGen.AspNetCore.WeightsVersion Of(NetGen.INetwork network) { }
    }
}