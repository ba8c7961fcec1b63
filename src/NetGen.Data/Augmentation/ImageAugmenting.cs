namespace NetGen.Data;

/// <summary>Sources of images that are changed at random.</summary>
public static class ImageAugmenting
{
    /// <summary>The samples of a data set with their images changed at random, other in each epoch.</summary>
    /// <param name="data">The samples; they stay as they are.</param>
    /// <param name="image">The column of images, <c>[height, width, channels]</c> each.</param>
    /// <param name="augmentations">The changes, in their order.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">The column is not of images, or a change cannot be made of them.</exception>
    public static IndexedSource Augment(this Dataset data, string image, params ReadOnlySpan<Augmentation> augmentations)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.AsSource().Augment(image, augmentations);
    }

    /// <summary>The samples of another source with their images changed at random, other in each epoch.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="image">The column of images, <c>[height, width, channels]</c> each.</param>
    /// <param name="augmentations">The changes, in their order.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">The column is not of images, or a change cannot be made of them.</exception>
    public static IndexedSource Augment(this IndexedSource source, string image, params ReadOnlySpan<Augmentation> augmentations)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new AugmentedSource(source, image, augmentations);
    }

    /// <summary>
    /// The samples of another source, each mixed with another one of its batch, and their labels with them: shares of classes, which
    /// <c>CrossEntropy(logits, target)</c> takes.
    /// </summary>
    /// <remarks>
    /// The column of labels becomes one of <paramref name="classes"/> numbers, so the objective has a parameter <c>[Shape(10)] Tensor
    /// label</c>; data to validate with get the same by <see cref="Dataset.OneHot"/>. Mixing comes after all changes of single images.
    /// <code>
    /// IndexedSource source = train.Augment("image", Augmentation.FlipHorizontal()).Mix("image", "label", classes: 10, Mixing.Mixup(0.2f), Mixing.CutMix(1));
    /// network.Fit(source, new FitOptions { ValidationData = test.OneHot("label", 10) }, new Adam(1e-3f));
    /// </code>
    /// </remarks>
    /// <param name="source">The samples.</param>
    /// <param name="image">The column of images, <c>[height, width, channels]</c> each.</param>
    /// <param name="label">The column of labels, or of shares of classes.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="ways">How they are mixed; of several one is drawn for each sample.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="ArgumentException">A column is not of images, or not of labels; or there is no way.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two classes.</exception>
    public static IndexedSource Mix(this IndexedSource source, string image, string label, int classes, params ReadOnlySpan<Mixing> ways)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new MixedSource(source, image, label, classes, ways);
    }

    /// <summary>The place of a column of images, and their shape.</summary>
    internal static (int Place, ImageShape Shape) Find(Dataset columns, string image)
    {
        DataColumn column = columns[image];
        return column.Type == ColumnType.Float && column.Shape.Length == 3 && !column.IsSequence
            ? (columns.Columns.IndexOf(column), new(column.Shape[0], column.Shape[1], column.Shape[2]))
            : throw new ArgumentException($"'{image}' is no column of images, which are real numbers of [height, width, channels]: {column}.", nameof(image));
    }

    /// <summary>Copies what a source has loaded, but for one column or two.</summary>
    internal static void Copy(Dataset columns, SampleTarget from, SampleTarget to, int but, int andBut)
    {
        for (int i = 0; i < columns.Columns.Length; i++)
        {
            if (i == but || i == andBut)
                continue;
            if (columns.Columns[i].Type == ColumnType.Float)
                from.Floats(i).CopyTo(to.Floats(i));
            else
                from.Labels(i).CopyTo(to.Labels(i));
        }
    }
}
