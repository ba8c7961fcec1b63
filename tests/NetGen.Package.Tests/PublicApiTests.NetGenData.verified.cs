namespace NetGen.Data
{
    public abstract class Augmentation
    {
        protected Augmentation() { }
        public abstract void Apply(System.ReadOnlySpan<float> image, NetGen.Data.ImageShape shape, System.Span<float> result, ref NetGen.SampleRandom random);
        public virtual NetGen.Data.ImageShape ShapeOf(NetGen.Data.ImageShape image) { }
        public static NetGen.Data.Augmentation Brightness(float amount) { }
        public static NetGen.Data.Augmentation Contrast(float amount) { }
        public static NetGen.Data.Augmentation Crop(int height, int width, int padding = 0) { }
        public static NetGen.Data.Augmentation Cutout(int size, int count = 1) { }
        public static NetGen.Data.Augmentation FlipHorizontal() { }
        public static NetGen.Data.Augmentation FlipVertical() { }
        public static NetGen.Data.Augmentation Hue(float turn) { }
        public static NetGen.Data.Augmentation Noise(float deviation) { }
        public static NetGen.Data.Augmentation Rotate(float degrees, NetGen.Data.ImageBorder border = 0) { }
        public static NetGen.Data.Augmentation Saturation(float amount) { }
        public static NetGen.Data.Augmentation Shift(float share, NetGen.Data.ImageBorder border = 0) { }
        public static NetGen.Data.Augmentation Sometimes(float probability, NetGen.Data.Augmentation augmentation) { }
        public static NetGen.Data.Augmentation Zoom(float smallest, float largest, NetGen.Data.ImageBorder border = 0) { }
    }
    public static class ImageAugmenting
    {
        public static NetGen.IndexedSource Augment(this NetGen.Dataset data, string image, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.Data.Augmentation> augmentations) { }
        public static NetGen.IndexedSource Augment(this NetGen.IndexedSource source, string image, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.Data.Augmentation> augmentations) { }
        public static NetGen.IndexedSource Mix(this NetGen.IndexedSource source, string image, string label, int classes, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.Data.Mixing> ways) { }
    }
    public enum ImageBorder
    {
        Edge = 0,
        Mirror = 1,
        Zero = 2,
    }
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
    public readonly struct ImageShape
    {
        public ImageShape(int height, int width, int channels) { }
        public int Channels { get; }
        public int Height { get; }
        public int Length { get; }
        public int Width { get; }
        public override string ToString() { }
    }
    public abstract class Mixing
    {
        public static NetGen.Data.Mixing CutMix(float alpha = 1) { }
        public static NetGen.Data.Mixing Mixup(float alpha = 0.2) { }
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