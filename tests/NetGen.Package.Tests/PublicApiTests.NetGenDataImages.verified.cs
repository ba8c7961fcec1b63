namespace NetGen.Data
{
    public sealed class Image
    {
        public Image(float[] pixels, int height, int width, int channels) { }
        public int Channels { get; }
        public int Height { get; }
        public System.ReadOnlyMemory<float> Pixels { get; }
        public int Width { get; }
        public NetGen.Data.Image Crop(int top, int left, int height, int width) { }
        public NetGen.Data.Image CropCenter(int height, int width) { }
        public NetGen.Data.Image PadCenter(int height, int width, float value = 0) { }
        public NetGen.Data.Image Resize(int height, int width) { }
        public override string ToString() { }
        public static NetGen.Data.Image Decode(System.ReadOnlySpan<byte> bytes, string name, NetGen.Data.ImageColor color = 3) { }
        public static NetGen.Data.Image Load(string path, NetGen.Data.ImageColor color = 3) { }
    }
    public enum ImageColor
    {
        Gray = 1,
        Rgb = 3,
        Rgba = 4,
    }
    public sealed class ImageFiles
    {
        public ImageFiles(System.Collections.Generic.IReadOnlyList<string> paths, System.Collections.Generic.IReadOnlyList<int> labels, System.Collections.Generic.IReadOnlyList<string> classes) { }
        public System.Collections.Generic.IReadOnlyList<string> Classes { get; }
        public int Count { get; }
        public System.ReadOnlySpan<int> Labels { get; }
        public System.Collections.Generic.IReadOnlyList<string> Paths { get; }
        public NetGen.Dataset Load(NetGen.Data.ImageInput input, string image = "image", string label = "label", System.Threading.CancellationToken cancellationToken = default) { }
        public NetGen.Data.ImageFiles Select(System.ReadOnlySpan<int> rows) { }
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Train",
                "Test"})]
        public System.ValueTuple<NetGen.Data.ImageFiles, NetGen.Data.ImageFiles> Split(NetGen.Split split) { }
        public NetGen.IndexedSource Stream(NetGen.Data.ImageInput input, string image = "image", string label = "label", int? workers = default, int ahead = 2) { }
        public override string ToString() { }
        public static NetGen.Data.ImageFiles InFolders(string folder, System.Collections.Generic.IReadOnlyList<string>? classes = null, bool ignoreOtherFiles = false) { }
        public static NetGen.Data.ImageFiles InTable(string csv, string path, string label, System.Collections.Generic.IReadOnlyList<string>? classes = null, NetGen.Data.CsvOptions? options = null) { }
    }
    public enum ImageFit
    {
        Stretch = 0,
        Crop = 1,
        Pad = 2,
        Exact = 3,
    }
    public sealed class ImageInput
    {
        public ImageInput(int height, int width, NetGen.Data.ImageColor color = 3, NetGen.Data.ImageFit fit = 0) { }
        public int Channels { get; }
        public System.Collections.Generic.IReadOnlyList<string> Classes { get; }
        public NetGen.Data.ImageColor Color { get; }
        public System.ReadOnlySpan<float> Deviation { get; }
        public NetGen.Data.ImageFit Fit { get; }
        public int Height { get; }
        public int Length { get; }
        public System.ReadOnlySpan<float> Mean { get; }
        public int Width { get; }
        public static System.ReadOnlySpan<float> ImageNetDeviation { get; }
        public static System.ReadOnlySpan<float> ImageNetMean { get; }
        public System.Collections.Generic.IReadOnlyDictionary<string, string> AsMetadata() { }
        public float[] Encode(NetGen.Data.Image image) { }
        public void Encode(NetGen.Data.Image image, System.Span<float> target) { }
        public NetGen.Data.ImageInput Normalize(NetGen.Data.ImageFiles train) { }
        public NetGen.Data.ImageInput Normalize(System.ReadOnlySpan<float> mean, System.ReadOnlySpan<float> deviation) { }
        public float[] Read(string path) { }
        public float[] Read(System.ReadOnlySpan<byte> bytes, string name = "the picture") { }
        public string ToJson() { }
        public override string ToString() { }
        public NetGen.Data.ImageInput WithClasses(System.Collections.Generic.IReadOnlyList<string> classes) { }
        public static NetGen.Data.ImageInput FromJson(string text) { }
        public static NetGen.Data.ImageInput Load(string path) { }
    }
    public static class ImageInputFiles
    {
        public static void Save(this NetGen.INetwork network, string path, NetGen.Data.ImageInput input, bool allowNotFinite = false) { }
    }
}