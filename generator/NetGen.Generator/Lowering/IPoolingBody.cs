using NetGen.Generator.Graph;

namespace NetGen.Generator.Lowering;

/// <summary>A body into which a max pooling of its results can go.</summary>
internal interface IPoolingBody
{
    /// <summary>
    /// The body that makes only the largest of each window of its results, or also its position; null where there is none.
    /// </summary>
    /// <param name="window">The windows.</param>
    /// <param name="image">The results.</param>
    KernelBody? WithPooling(Window2D window, TensorType image);
}
