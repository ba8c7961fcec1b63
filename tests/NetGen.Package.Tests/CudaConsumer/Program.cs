using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

// What a user may do with NetGen and NetGen.Cuda alone; PackageTests builds and runs it, on machines without a GPU too.
float[] points = [0, 0, 0, 1, 1, 0, 1, 1];
int[] differ = [0, 1, 1, 0];

using var network = new Users.Xor(seed: 3, Device.Best());   // the first GPU, or the processor
float before = network.Loss(points, differ);
for (int i = 0; i < 400; i++)
    network.Step(points, differ, new Adam(3e-2f));
bool learned = network.Loss(points, differ) < before / 10;
Console.WriteLine($"{network.Device}: {(learned ? "learned" : "did not learn")}");

try
{
    using var onGpu = new Users.Xor(seed: 3, Device.Cuda());
    Console.WriteLine($"{onGpu.Device}");
}
catch (InvalidOperationException e)
{
    Console.WriteLine(e.Message);   // which of driver and device is missing, and what to do
}

namespace Users
{
    /// <summary>Two numbers to two classes.</summary>
    [Network]
    internal sealed partial class Xor
    {
        private readonly Layer layers = Sequential(Dense(16), Tanh, Dense(2));

        public Tensor Forward([Shape(2)] Tensor point) => layers(point);

        [Objective]
        public Tensor Loss(Tensor point, Labels different) => CrossEntropy(Forward(point), different);
    }
}
