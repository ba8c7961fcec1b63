namespace NetGen.Data;

/// <summary>Pictures that are read while a network is trained.</summary>
internal sealed class ImageFileSource(ImageFiles files, ImageInput input, string image, string label) : IndexedSource
{
    public override int Count => files.Count;

    public override Dataset Columns { get; } = new(
        new DataColumn(image, Array.Empty<float>(), input.Height, input.Width, input.Channels), new DataColumn(label, Array.Empty<int>()));

    public override string Place(int sample) => files.Paths[sample];

    public override void Load(int sample, SampleTarget target, ref SampleRandom random)
    {
        files.Read(input, sample, target.Floats(0));
        target.Labels(1)[0] = files.Labels[sample];
    }
}
