using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Attention;

namespace NetGen.Compiled.Tests.Harness;

/// <summary>
/// How far an attention in float, and its gradients, may be from the reference: the rules of <see cref="ErrorAnalysis"/> for a product, a
/// softmax, a product. With es_ij the error of a score: that of the products of its terms and of d + 8 roundings.
/// </summary>
internal static class AttentionErrors
{
    private const double U = 1.0 / (1 << 24);

    /// <summary>Roundings of exp, of the shift, of scaling from block to block, of the quotient.</summary>
    private const double Roundings = 24;

    public static double[] Of(
        AttentionOperation operation, TensorType type, IReadOnlyList<Bounded> operands, TensorType[] types, ReferenceEnvironment environment)
    {
        var call = new ReferenceCall(environment, [.. operands.Select(o => o.Value)], types, type);
        var first = operation is AttentionGradient ? 1 : 0;
        var bound = new double[call.Result.Length];
        foreach (var at in operation.Places(call, first))
        {
            var row = new Row(operation, call, operands, first, at);
            switch (operation)
            {
                case Attention:
                    row.AddResult(bound);
                    break;
                case AttentionSums:
                    bound[row.Sum] = row.SumError;
                    break;
                case AttentionGradient gradient:
                    row.AddGradient(gradient.Part, bound);
                    break;
            }
        }
        if (operation is AttentionGradient)
        {
            // A gradient is a sum of as many products as there are rows and heads; their magnitudes are in the bound.
            for (var i = 0; i < bound.Length; i++)
                bound[i] *= 1 + (U * operation.Shape.Queries * operation.Shape.Group);
        }
        return bound;
    }

    /// <summary>a·cos − b·sin, of numbers that are rounded once.</summary>
    public static double[] OfRotation(Rotate rotate, int width, Bounded x)
    {
        var bound = (double[])x.Bound.Clone();
        for (var row = 0; row < bound.Length / width; row++)
        {
            for (var pair = 0; pair < rotate.Heads * rotate.Size / 2; pair++)
            {
                var (head, i) = (pair / (rotate.Size / 2), pair % (rotate.Size / 2));
                var a = (row * width) + (head * rotate.Size) + (rotate.Options.IsInterleaved ? 2 * i : i);
                var b = a + (rotate.Options.IsInterleaved ? 1 : rotate.Size / 2);
                var errors = x.Bound[a] + x.Bound[b];
                bound[a] = bound[b] = errors + (6 * U * (Math.Abs(x.Value[a]) + Math.Abs(x.Value[b]) + errors));
            }
        }
        return bound;
    }

    /// <summary>A row of queries of a head, and the errors of its scores and weights.</summary>
    private sealed class Row
    {
        private readonly AttentionShape shape;
        private readonly AttentionRow row;
        private readonly AttentionPlace at;
        private readonly Bounded q, k, v;
        private readonly Bounded? dy, y;
        private readonly double[] scores;

        public Row(AttentionOperation operation, ReferenceCall call, IReadOnlyList<Bounded> operands, int first, AttentionPlace at)
        {
            (shape, this.at, row) = (operation.Shape, at, operation.Row(call, first, at));
            (q, k, v) = (operands[first], operands[first + 1], operands[first + 2]);
            (dy, y) = first == 0 ? (null, null) : (operands[0], operands[^2]);
            scores = new double[shape.Keys];
            var bias = !shape.OfSteps && operands.Count - first - (first == 0 ? 0 : 2) > 3 ? operands[first + 3].Bound.Max() : 0;
            for (var j = row.Begin; j < row.End; j++)
            {
                // Neither tanh nor a shift makes an error of a score larger.
                var (error, magnitude) = Product(q, row.Query, k, row.Key(j));
                scores[j] = (Math.Abs(shape.Scale) * error) + bias
                    + (8 * U * ((Math.Abs(shape.Scale) * magnitude) + shape.Options.SoftCap + Math.Abs(row.Scores[j]) + (shape.Slope(at.Head) * shape.Keys)));
            }
            var range = row.Begin == row.End ? 0 : Read.Max(j => row.Scores[j]) - Read.Min(j => row.Scores[j]);
            SumError = Read.Max(j => scores[j]) + (U * (shape.Keys + Roundings + (4 * range) + Math.Abs(row.LogSum)));
        }

        private IEnumerable<int> Read => Enumerable.Range(row.Begin, row.End - row.Begin);

        /// <summary>Of log Σ exp(s).</summary>
        public double SumError { get; }

        public int Sum => row.Sum;

        public void AddResult(double[] bound)
        {
            foreach (var j in Read)
            {
                var (weight, error) = Weight(j);
                for (var i = 0; i < shape.Size; i++)
                    bound[row.Result + i] += ProductError(weight, error, v.Value[row.Value(j) + i], v.Bound[row.Value(j) + i], shape.Keys + 2);
            }
        }

        public void AddGradient(AttentionPart part, double[] bound)
        {
            var (dotError, dotMagnitude) = Product(dy!, row.Result, y!, row.Result);
            foreach (var j in Read)
            {
                var (dpError, dpMagnitude) = Product(dy!, row.Result, v, row.Value(j));
                var (weight, weightError) = (row.Weights[j], WeightError(j));
                var difference = (dpMagnitude * row.Kept[j]) + dotMagnitude;
                var error = (weightError * difference) + ((weight + weightError) * ((dpError * row.Kept[j]) + dotError + (4 * U * difference)));
                var dot = Enumerable.Range(0, shape.Size).Sum(i => dy!.Value[row.Result + i] * y!.Value[row.Result + i]);
                var dp = Enumerable.Range(0, shape.Size).Sum(i => dy!.Value[row.Result + i] * v.Value[row.Value(j) + i]);
                var ds = weight * ((dp * row.Kept[j]) - dot);
                if (part == AttentionPart.Scores)
                    bound[(((((at.Place * shape.Heads) + at.Head) * shape.Queries) + at.Row) * shape.Keys) + j] = error;
                // The derivative of c·tanh(s/c) is 1 − t², whose own changes by less than 2·es/c.
                var derivativeError = shape.Options.SoftCap == 0 ? 0 : (2 * scores[j] / shape.Options.SoftCap) + (8 * U);
                error = (error * (row.Derivative[j] + derivativeError)) + (Math.Abs(ds) * derivativeError) + (2 * U * Math.Abs(ds));
                (ds, error) = (ds * row.Derivative[j] * shape.Scale, error * Math.Abs(shape.Scale));
                var terms = (shape.Queries * shape.Group) + shape.Keys + 2;
                for (var i = 0; i < shape.Size; i++)
                {
                    if (part is AttentionPart.Queries or AttentionPart.Packed)
                        bound[row.QueryGradient + i] += ProductError(ds, error, k.Value[row.Key(j) + i], k.Bound[row.Key(j) + i], terms);
                    if (part is AttentionPart.Keys or AttentionPart.Packed)
                        bound[row.KeyGradient(j) + i] += ProductError(ds, error, q.Value[row.Query + i], q.Bound[row.Query + i], terms);
                    if (part is AttentionPart.Values or AttentionPart.Packed)
                    {
                        bound[row.KeyGradient(j) + i + (part == AttentionPart.Packed ? shape.KeyHeads * shape.Size : 0)] += ProductError(
                            Weight(j).Value, Weight(j).Error, dy!.Value[row.Result + i], dy.Bound[row.Result + i], terms);
                    }
                }
            }
        }

        /// <summary>What a value is multiplied with, and its error.</summary>
        private (double Value, double Error) Weight(int j) => (row.Weights[j] * row.Kept[j], WeightError(j) * row.Kept[j]);

        private double WeightError(int j) =>
            row.Weights[j] * (Math.Exp(scores[j] + SumError) - 1 + (U * (Roundings + Math.Abs(row.Scores[j]) + Math.Abs(row.LogSum))));

        /// <summary>The error of a head's product, and the sum of its terms' magnitudes.</summary>
        private (double Error, double Magnitude) Product(Bounded a, int fromA, Bounded b, int fromB)
        {
            double error = 0, magnitude = 0;
            for (var i = 0; i < shape.Size; i++)
            {
                var exact = Math.Abs(a.Value[fromA + i] * b.Value[fromB + i]);
                var widened = (Math.Abs(a.Value[fromA + i]) + a.Bound[fromA + i]) * (Math.Abs(b.Value[fromB + i]) + b.Bound[fromB + i]);
                error += widened - exact;
                magnitude += widened;
            }
            return (error + ((shape.Size + 2) * U * magnitude), magnitude);
        }

        private static double ProductError(double a, double ea, double b, double eb, int terms)
        {
            var widened = (Math.Abs(a) + ea) * (Math.Abs(b) + eb);
            return widened - Math.Abs(a * b) + (terms * U * widened);
        }
    }
}
