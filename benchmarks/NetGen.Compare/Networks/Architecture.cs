namespace Comparison;

/// <summary>A network as the peers build it: the layers one after another, with all sizes.</summary>
/// <param name="Input">Of one sample.</param>
/// <param name="Layers">In order.</param>
/// <param name="Objective">What a training step minimizes.</param>
internal sealed record Architecture(ImageShape Input, IReadOnlyList<LayerSpec> Layers, Objective Objective) : IWork
{
    /// <summary>Numbers that come out for one sample.</summary>
    public int Outputs => Layers.OfType<DenseSpec>().Last().Outputs;

    public long SampleBytes => sizeof(float) * (long)Input.Length;

    public long Flops(int batch, Pass pass)
    {
        var forward = Layers.Sum(layer => layer.Flops);
        return batch * (pass == Pass.Step ? (3 * forward) - Layers.First(layer => layer.Flops > 0).Flops : forward);
    }

    public long ParameterCount => Layers.Sum(layer => (long)layer.ParameterLengths.Sum());

    /// <summary>Starts a description.</summary>
    public static Builder From(int height, int width, int channels) => new(new ImageShape(height, width, channels));

    /// <summary>Starts a description whose samples are vectors.</summary>
    public static Builder From(int inputs) => new(new ImageShape(1, 1, inputs));

    /// <summary>Follows the shapes from layer to layer.</summary>
    internal sealed class Builder(ImageShape input)
    {
        private readonly ImageShape start = input;
        private readonly List<LayerSpec> layers = [];
        private ImageShape shape = input;

        public Builder Convolution(int filters, int kernel, int padding = 0)
        {
            var output = new ImageShape(shape.Height + (2 * padding) - kernel + 1, shape.Width + (2 * padding) - kernel + 1, filters);
            return Add(new ConvolutionSpec(shape, output, kernel, padding), output);
        }

        public Builder Recurrent(int units, bool isGru) => Add(new RecurrentSpec(shape, units, isGru), new ImageShape(1, 1, units));

        public Builder Relu() => Add(new ReluSpec(), shape);

        public Builder MaxPool(int size) => Add(new MaxPoolSpec(size), new ImageShape(shape.Height / size, shape.Width / size, shape.Channels));

        public Builder Flatten() => Add(new FlattenSpec(), shape);

        public Builder Dense(int outputs, bool bias = true) => Add(new DenseSpec(shape, outputs, bias), new ImageShape(1, 1, outputs));

        public Builder Dropout(double probability) => Add(new DropoutSpec(probability), shape);

        public Architecture Minimizing(Objective objective) => new(start, layers, objective);

        private Builder Add(LayerSpec layer, ImageShape output)
        {
            layers.Add(layer);
            shape = output;
            return this;
        }
    }
}

/// <summary>What a training step minimizes.</summary>
internal enum Objective
{
    /// <summary>The network has no objective; only its forward pass is compared.</summary>
    None,

    /// <summary>Softmax and cross entropy against a class.</summary>
    CrossEntropy,

    /// <summary>Sigmoid and binary cross entropy against 0 or 1.</summary>
    BinaryCrossEntropy,
}

/// <summary>What is computed.</summary>
internal enum Pass
{
    /// <summary>Forward, loss, backward and Adam; the loss is read.</summary>
    Step,

    /// <summary>Prediction of a batch.</summary>
    Forward,
}
