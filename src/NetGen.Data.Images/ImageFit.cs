namespace NetGen.Data;

/// <summary>How a picture of another size is brought to the size that a network takes.</summary>
public enum ImageFit
{
    /// <summary>It is resized to it, whatever that does to its proportions: Keras's <c>image_dataset_from_directory</c>.</summary>
    Stretch,

    /// <summary>It keeps its proportions: it is resized until it covers the size, and what stands over is cut off on both sides.</summary>
    Crop,

    /// <summary>It keeps its proportions: it is resized until it fits into the size, and what is left on both sides is black.</summary>
    Pad,

    /// <summary>It must have the size: another one is an error that names the file.</summary>
    Exact,
}
