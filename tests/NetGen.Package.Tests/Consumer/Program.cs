using System.Globalization;
using NetGen;
using NetGen.Data;
using static NetGen.Layers;
using static NetGen.Ops;

// What a user may do with the packages alone; PackageTests builds and runs it. Each check that holds counts.
var (right, checks) = (0, 0);

// The four corners of a square: on the diagonal or not.
float[] corners = [0, 0, 0, 1, 1, 0, 1, 1];
int[] differ = [0, 1, 1, 0];
using var xor = new Users.Xor(seed: 3);
var first = xor.Loss(corners, differ);
for (var i = 0; i < 400; i++)
    xor.Step(corners, differ, new Adam(3e-2f));
var scores = xor.Predict(corners);
Check(xor.Loss(corners, differ) < first / 10 && Enumerable.Range(0, 4).All(i => scores[(2 * i) + 1] > scores[2 * i] == (differ[i] == 1)));

// The weights go to another network by a file.
var file = Path.Combine(AppContext.BaseDirectory, "xor.safetensors");
xor.Save(file);
using var copy = new Users.Xor(seed: 4);
copy.Load(file);
Check(copy.Predict(corners).AsSpan().SequenceEqual(scores));

// Images of the data package, in a network with a convolution.
var mnist = Mnist.Load(new MnistOptions { Download = false });
using var digits = new Users.Digits(seed: 1);
var history = digits.Fit(mnist.Train.ToDataset().Take(2000), new FitOptions { BatchSize = 32 }, new Adam(2e-3f));
Check(digits.Evaluate(mnist.Test.ToDataset().Take(500)).Accuracy > 0.6 && history.Last is not null);

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"right: {right} of {checks}"));

void Check(bool condition)
{
    checks++;
    right += condition ? 1 : 0;
}

namespace Users
{
    /// <summary>Two numbers to two classes.</summary>
    [Network]
    internal sealed partial class Xor
    {
        private readonly Layer layers = Sequential(Dense(16), Tanh, Dense(2));

        /// <summary>The scores of both classes.</summary>
        public Tensor Forward([Shape(2)] Tensor point) => layers(point);

        [Objective]
        public Tensor Loss(Tensor point, Labels different) => CrossEntropy(Forward(point), different);
    }

    /// <summary>Images to ten digits.</summary>
    [Network]
    internal sealed partial class Digits
    {
        private readonly Layer layers = Sequential(Conv2D(8, kernel: 3), Relu, MaxPool2D(2), Flatten, Dropout(0.1f), Dense(10));

        public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers(image);

        [Objective]
        public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
    }
}
