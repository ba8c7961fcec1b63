namespace NetGen.Data
{
    public sealed class ImageSet
    {
        public ImageSet(float[] images, int[] labels, int height, int width, int channels, int classes) { }
        public int Channels { get; }
        public int Classes { get; }
        public int Count { get; }
        public int Height { get; }
        public System.ReadOnlyMemory<float> Images { get; }
        public System.ReadOnlyMemory<int> Labels { get; }
        public int Length { get; }
        public int Width { get; }
        public System.ReadOnlySpan<float> Image(int index) { }
        public NetGen.Dataset ToDataset(string image = "image", string label = "label") { }
        public static NetGen.Data.ImageSet ReadCifar10([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string> paths) { }
        public static NetGen.Data.ImageSet ReadIdx(string images, string labels, int classes) { }
    }
    public sealed class Mnist
    {
        public const int Classes = 10;
        public const int Size = 28;
        public NetGen.Data.MnistOrigin Origin { get; }
        public string Source { get; }
        public NetGen.Data.ImageSet Test { get; }
        public NetGen.Data.ImageSet Train { get; }
        public static NetGen.Data.Mnist Load(NetGen.Data.MnistOptions? options = null, System.Threading.CancellationToken cancellationToken = default) { }
        public static NetGen.Data.Mnist LoadEmbedded() { }
    }
    public sealed class MnistOptions : System.IEquatable<NetGen.Data.MnistOptions>
    {
        public MnistOptions() { }
        public string? CacheDirectory { get; init; }
        public string? Directory { get; init; }
        public bool Download { get; init; }
        public System.TimeSpan DownloadTimeout { get; init; }
        public System.Net.Http.HttpMessageHandler? HttpHandler { get; init; }
        public System.Action<string>? Notice { get; init; }
    }
    public enum MnistOrigin
    {
        Directory = 0,
        Environment = 1,
        Cache = 2,
        Download = 3,
        Embedded = 4,
    }
}