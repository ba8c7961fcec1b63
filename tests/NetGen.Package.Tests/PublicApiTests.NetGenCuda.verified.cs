namespace NetGen.Cuda
{
    public readonly struct CudaArgument
    {
        public static NetGen.Cuda.CudaArgument op_Implicit(NetGen.Cuda.CudaView<NetGen.Runtime.PhiloxKey> view) { }
        public static NetGen.Cuda.CudaArgument op_Implicit(NetGen.Cuda.CudaView<byte> view) { }
        public static NetGen.Cuda.CudaArgument op_Implicit(NetGen.Cuda.CudaView<float> view) { }
        public static NetGen.Cuda.CudaArgument op_Implicit(NetGen.Cuda.CudaView<int> view) { }
        public static NetGen.Cuda.CudaArgument op_Implicit(NetGen.Cuda.CudaView<ushort> view) { }
        public static NetGen.Cuda.CudaArgument op_Implicit(NetGen.Cuda.Kernels.AttentionShape shape) { }
        public static NetGen.Cuda.CudaArgument op_Implicit(NetGen.Cuda.Kernels.PoolWindows windows) { }
        public static NetGen.Cuda.CudaArgument op_Implicit(NetGen.Cuda.Kernels.RecurrenceShape shape) { }
        public static NetGen.Cuda.CudaArgument op_Implicit(int number) { }
    }
    public static class CudaArguments
    {
        public static int Batch<T>(NetGen.Runtime.NetworkState network, NetGen.Cuda.CudaBuffer<T> buffer, int perSample, string name, string shape)
            where T :  unmanaged { }
        public static void Length<T>(NetGen.Runtime.NetworkState network, NetGen.Cuda.CudaBuffer<T> buffer, int batch, int perSample, string name, string shape)
            where T :  unmanaged { }
        public static void SameBatch<T>(NetGen.Runtime.NetworkState network, int batch, string batchName, NetGen.Cuda.CudaBuffer<T> buffer, int perSample, string name, string shape)
            where T :  unmanaged { }
    }
    public sealed class CudaBuffer<T> : System.IDisposable
        where T :  unmanaged
    {
        public NetGen.Cuda.CudaDevice Device { get; }
        public long Length { get; }
        public void Dispose() { }
        public void Download(System.Span<T> target, long offset = 0) { }
        public void Upload(System.ReadOnlySpan<T> source, long offset = 0) { }
    }
    public sealed class CudaCall
    {
        public int Batch { get; }
        public NetGen.Cuda.CudaView<ushort> BFloat16s(long at, long count) { }
        public void Branch() { }
        public NetGen.Cuda.CudaView<byte> Bytes(long at, long count) { }
        public void End() { }
        public NetGen.Cuda.CudaView<float> Floats(long at, long count) { }
        public void Fork() { }
        public NetGen.Cuda.CudaView<int> Ints(long at, long count) { }
        public void Join() { }
        public NetGen.Cuda.CudaView<NetGen.Runtime.PhiloxKey> Key(int place) { }
        public void Launch(System.Delegate kernel, NetGen.Cuda.CudaSize size, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.Cuda.CudaArgument> arguments) { }
        public NetGen.Cuda.CudaView<float> Optimizer() { }
        public void Read(NetGen.Cuda.CudaBuffer<float> result, long at) { }
        public void Read(System.Span<float> result, long at) { }
        public NetGen.BatchResult Result(long loss, int losses, long shares = 0, System.Span<double> correct = default) { }
        public void Run() { }
        public NetGen.Cuda.CudaView<float> Slot0(long at, long count) { }
        public NetGen.Cuda.CudaView<float> Slot1(long at, long count) { }
        public NetGen.Cuda.CudaView<float> Weights(long at, long count) { }
        public void Write(NetGen.Cuda.CudaBuffer<float> input, long at) { }
        public void Write(NetGen.Cuda.CudaBuffer<int> input, long at) { }
        public void Write(System.ReadOnlySpan<float> input, long at) { }
        public void Write(System.ReadOnlySpan<int> input, long at) { }
        public static NetGen.Cuda.CudaCall Begin(NetGen.Runtime.NetworkState state, int batch, in NetGen.Cuda.CudaProgram program) { }
        public static NetGen.Cuda.CudaCall BeginStep<TOptimizer>(NetGen.Runtime.NetworkState state, int batch, in NetGen.Cuda.CudaProgram program, in TOptimizer optimizer, int objective)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static void StepRows<TOptimizer>(NetGen.Runtime.NetworkState state, NetGen.ResidentData data, System.ReadOnlySpan<int> rows, int batchSize, in NetGen.Cuda.CudaProgram program, NetGen.Cuda.CudaRows places, System.ReadOnlySpan<TOptimizer> optimizers, int objective, System.Span<NetGen.BatchResult> results, System.Span<double> correct)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
    }
    public sealed class CudaDevice : NetGen.Device
    {
        public int Index { get; }
        public long Memory { get; }
        public override string Name { get; }
        public NetGen.Cuda.CudaBuffer<T> Allocate<T>(long count)
            where T :  unmanaged { }
        public NetGen.Cuda.PinnedBuffer<T> AllocatePinned<T>(int count)
            where T :  unmanaged { }
    }
    public readonly struct CudaPlace : System.IEquatable<NetGen.Cuda.CudaPlace>
    {
        public CudaPlace(long PerSample, long Fixed) { }
        public long Fixed { get; init; }
        public long PerSample { get; init; }
    }
    public readonly struct CudaProgram : System.IEquatable<NetGen.Cuda.CudaProgram>
    {
        public CudaProgram(System.Action<NetGen.Cuda.CudaCall> Launch, int Launches, long PerSample, long Fixed, long Largest, uint[]? Streams = null) { }
        public long Fixed { get; init; }
        public long Largest { get; init; }
        public System.Action<NetGen.Cuda.CudaCall> Launch { get; init; }
        public int Launches { get; init; }
        public long PerSample { get; init; }
        public uint[]? Streams { get; init; }
    }
    public sealed class CudaRows : System.IEquatable<NetGen.Cuda.CudaRows>
    {
        public CudaRows(NetGen.Cuda.CudaPlace[] Inputs, NetGen.Cuda.CudaPlace Loss, bool LossOfSamples, NetGen.Cuda.CudaPlace[] Correct) { }
        public NetGen.Cuda.CudaPlace[] Correct { get; init; }
        public NetGen.Cuda.CudaPlace[] Inputs { get; init; }
        public NetGen.Cuda.CudaPlace Loss { get; init; }
        public bool LossOfSamples { get; init; }
    }
    public readonly struct CudaSize
    {
        public const int Threads = 256;
        public static NetGen.Cuda.CudaSize Blocks(long count) { }
        public static NetGen.Cuda.CudaSize Elements(long count) { }
        public static NetGen.Cuda.CudaSize Tiles(long count, int rows, int across, int threads, int resident, int parts = 1, int sharedBytes = 0) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class)]
    public sealed class CudaSourceAttribute : System.Attribute
    {
        public CudaSourceAttribute(string hash) { }
        public string Hash { get; }
    }
    public readonly struct CudaView<T>
        where T :  unmanaged
    {
        public long Length { get; }
    }
    public sealed class PinnedBuffer<T> : System.IDisposable
        where T :  unmanaged
    {
        public int Length { get; }
        public System.Span<T> Span { get; }
        public void Dispose() { }
    }
}
namespace NetGen.Cuda.Kernels
{
    public static class AttentionKernels
    {
        public static void Forward(ILGPU.ArrayView<float> q, ILGPU.ArrayView<float> k, ILGPU.ArrayView<float> v, ILGPU.ArrayView<float> bias, ILGPU.ArrayView<float> y, ILGPU.ArrayView<NetGen.Runtime.PhiloxKey> keys, NetGen.Cuda.Kernels.AttentionShape shape, int batch) { }
        public static void ForwardWithSums(ILGPU.ArrayView<float> q, ILGPU.ArrayView<float> k, ILGPU.ArrayView<float> v, ILGPU.ArrayView<float> bias, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> sums, ILGPU.ArrayView<NetGen.Runtime.PhiloxKey> keys, NetGen.Cuda.Kernels.AttentionShape shape, int batch) { }
        public static void Gradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> q, ILGPU.ArrayView<float> k, ILGPU.ArrayView<float> v, ILGPU.ArrayView<float> bias, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> sums, ILGPU.ArrayView<float> dq, ILGPU.ArrayView<float> dk, ILGPU.ArrayView<float> dv, ILGPU.ArrayView<NetGen.Runtime.PhiloxKey> keys, NetGen.Cuda.Kernels.AttentionShape shape, int batch) { }
        public static void KeyGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> q, ILGPU.ArrayView<float> k, ILGPU.ArrayView<float> v, ILGPU.ArrayView<float> bias, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> sums, ILGPU.ArrayView<float> dk, ILGPU.ArrayView<NetGen.Runtime.PhiloxKey> keys, NetGen.Cuda.Kernels.AttentionShape shape, int batch) { }
        public static void PackedGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> q, ILGPU.ArrayView<float> k, ILGPU.ArrayView<float> v, ILGPU.ArrayView<float> bias, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> sums, ILGPU.ArrayView<float> dx, ILGPU.ArrayView<NetGen.Runtime.PhiloxKey> keys, NetGen.Cuda.Kernels.AttentionShape shape, int batch) { }
        public static void QueryGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> q, ILGPU.ArrayView<float> k, ILGPU.ArrayView<float> v, ILGPU.ArrayView<float> bias, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> sums, ILGPU.ArrayView<float> dq, ILGPU.ArrayView<NetGen.Runtime.PhiloxKey> keys, NetGen.Cuda.Kernels.AttentionShape shape, int batch) { }
        public static void ScoreGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> q, ILGPU.ArrayView<float> k, ILGPU.ArrayView<float> v, ILGPU.ArrayView<float> bias, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> sums, ILGPU.ArrayView<float> ds, ILGPU.ArrayView<NetGen.Runtime.PhiloxKey> keys, NetGen.Cuda.Kernels.AttentionShape shape, int batch) { }
        public static void Sums(ILGPU.ArrayView<float> q, ILGPU.ArrayView<float> k, ILGPU.ArrayView<float> v, ILGPU.ArrayView<float> bias, ILGPU.ArrayView<float> sums, ILGPU.ArrayView<NetGen.Runtime.PhiloxKey> keys, NetGen.Cuda.Kernels.AttentionShape shape, int batch) { }
        public static void ValueGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> q, ILGPU.ArrayView<float> k, ILGPU.ArrayView<float> v, ILGPU.ArrayView<float> bias, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> sums, ILGPU.ArrayView<float> dv, ILGPU.ArrayView<NetGen.Runtime.PhiloxKey> keys, NetGen.Cuda.Kernels.AttentionShape shape, int batch) { }
    }
    public readonly struct AttentionShape
    {
        public AttentionShape(
                    int queries,
                    int keys,
                    int heads,
                    int keyHeads,
                    int size,
                    int scale,
                    int outer = 1,
                    int packed = 0,
                    int shared = 0,
                    int causal = 0,
                    int window = 0,
                    int slopes = 0,
                    int softCap = 0,
                    int biasSample = 0,
                    int biasHead = 0,
                    int biasRow = 0,
                    int dropped = 0,
                    int bias = 0) { }
    }
    public static class BFloat16Kernels
    {
        public const int PerThread = 4;
        public static void Round(ILGPU.ArrayView<float> source, ILGPU.ArrayView<ushort> target, int batch) { }
    }
    public static class BatchNormKernels
    {
        public static void GradientSums(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> mean, ILGPU.ArrayView<float> sums, int positions, int channels, int parts, int batch) { }
        public static void Mean(ILGPU.ArrayView<float> moments, ILGPU.ArrayView<float> mean, int positions, int channels, int parts, int batch) { }
        public static void Moments(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> moments, int positions, int channels, int parts, int batch) { }
        public static void SumOfParts(ILGPU.ArrayView<float> sums, ILGPU.ArrayView<float> y, int channels, int parts, int which, int batch) { }
        public static void Variance(ILGPU.ArrayView<float> moments, ILGPU.ArrayView<float> variance, int positions, int channels, int parts, int batch) { }
    }
    public static class BlockSum
    {
        public static NetGen.Cuda.Kernels.Lane Largest(NetGen.Cuda.Kernels.Lane part) { }
        public static NetGen.Cuda.Kernels.Lane Of(NetGen.Cuda.Kernels.Lane part) { }
        public static NetGen.Cuda.Kernels.Lane Product(NetGen.Cuda.Kernels.Lane part) { }
    }
    public static class CopyKernels
    {
        public static void Concat2(ILGPU.ArrayView<float> a, ILGPU.ArrayView<float> b, ILGPU.ArrayView<float> y, int perSample, int outer, int lengthA, int lengthB, int batch) { }
        public static void Concat3(ILGPU.ArrayView<float> a, ILGPU.ArrayView<float> b, ILGPU.ArrayView<float> c, ILGPU.ArrayView<float> y, int perSample, int outer, int lengthA, int lengthB, int lengthC, int batch) { }
        public static void Concat4(ILGPU.ArrayView<float> a, ILGPU.ArrayView<float> b, ILGPU.ArrayView<float> c, ILGPU.ArrayView<float> d, ILGPU.ArrayView<float> y, int perSample, int outer, int lengthA, int lengthB, int lengthC, int lengthD, int batch) { }
        public static void Crop2D(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int height, int width, int channels, int outHeight, int outWidth, int top, int left, int stepH, int stepW, int batch) { }
        public static void FlipTranspose(ILGPU.ArrayView<float> w, ILGPU.ArrayView<float> y, int area, int inputs, int outputs, int batch) { }
        public static void FlipTransposeBFloat16(ILGPU.ArrayView<ushort> w, ILGPU.ArrayView<ushort> y, int area, int inputs, int outputs, int batch) { }
        public static void FlipTransposeGroups(ILGPU.ArrayView<float> w, ILGPU.ArrayView<float> y, int area, int inputs, int outputs, int groups, int batch) { }
        public static void LabelMask(ILGPU.ArrayView<int> labels, ILGPU.ArrayView<float> mask, int rows, int classes, int ignored, int batch) { }
        public static void Numbers(
                    ILGPU.ArrayView<float> y,
                    int count,
                    int n0,
                    int n1,
                    int n2,
                    int n3,
                    int n4,
                    int n5,
                    int n6,
                    int n7,
                    int n8,
                    int n9,
                    int n10,
                    int n11,
                    int n12,
                    int n13,
                    int n14,
                    int n15,
                    int batch) { }
        public static void Pad2D(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int height, int width, int channels, int outHeight, int outWidth, int top, int left, int dilateH, int dilateW, int batch) { }
        public static void PadAxis(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int perSample, int outer, int sourceLength, int before, int length, int batch) { }
        public static void PadAxisWith(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int perSample, int outer, int sourceLength, int before, int length, int bits, int batch) { }
        public static void Permute(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int perSample, int count, int extent0, int from0, int to0, int extent1, int from1, int to1, int rows, int from, int columns, int to, int batch) { }
        public static void PixelShuffle(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int height, int width, int channels, int factor, int batch) { }
        public static void PixelUnshuffle(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int height, int width, int channels, int factor, int batch) { }
    }
    public static class CtcKernels
    {
        public static void Backward(ILGPU.ArrayView<float> x, ILGPU.ArrayView<int> labels, ILGPU.ArrayView<int> spans, ILGPU.ArrayView<int> labelSpans, ILGPU.ArrayView<float> y, int classes, int states, int steps, int longest, int blank, int ignored, int batch) { }
        public static void Forward(ILGPU.ArrayView<float> x, ILGPU.ArrayView<int> labels, ILGPU.ArrayView<int> spans, ILGPU.ArrayView<int> labelSpans, ILGPU.ArrayView<float> y, int classes, int states, int steps, int longest, int blank, int ignored, int batch) { }
        public static void Gradient(ILGPU.ArrayView<float> alpha, ILGPU.ArrayView<int> labels, ILGPU.ArrayView<int> spans, ILGPU.ArrayView<int> labelSpans, ILGPU.ArrayView<float> beta, ILGPU.ArrayView<float> loss, ILGPU.ArrayView<float> lossGradient, ILGPU.ArrayView<float> dx, int classes, int states, int steps, int longest, int blank, int ignored, int batch) { }
        public static void Loss(ILGPU.ArrayView<float> x, ILGPU.ArrayView<int> labels, ILGPU.ArrayView<int> spans, ILGPU.ArrayView<int> labelSpans, ILGPU.ArrayView<float> alpha, ILGPU.ArrayView<float> loss, int classes, int states, int steps, int longest, int blank, int ignored, int zeroInfinity, int batch) { }
    }
    public struct Float4
    {
        public float W;
        public float X;
        public float Y;
        public float Z;
    }
    public static class IndexKernels
    {
        public static void Extreme(ILGPU.ArrayView<float> x, ILGPU.ArrayView<int> y, int outer, int length, int inner, int smallest, int batch) { }
        public static void Gather(ILGPU.ArrayView<float> x, ILGPU.ArrayView<int> indices, ILGPU.ArrayView<float> y, int perSample, int outer, int count, int inner, int positions, int batch) { }
        public static void GatherGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<int> indices, ILGPU.ArrayView<float> dx, int perSample, int outer, int count, int inner, int positions, int batch) { }
        public static void OneHot(ILGPU.ArrayView<int> indices, ILGPU.ArrayView<float> y, int rows, int length, int batch) { }
        public static void Order(ILGPU.ArrayView<int> indices, ILGPU.ArrayView<int> order, int positions, int padding, int batch) { }
        public static void Pick(ILGPU.ArrayView<float> x, ILGPU.ArrayView<int> indices, ILGPU.ArrayView<float> y, int rows, int length, int batch) { }
        public static void PickEach(ILGPU.ArrayView<float> x, ILGPU.ArrayView<int> indices, ILGPU.ArrayView<float> y, int rows, int length, int count, int batch) { }
        public static void PickGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<int> indices, ILGPU.ArrayView<float> dx, int rows, int length, int batch) { }
        public static void Ranking(ILGPU.ArrayView<float> x, ILGPU.ArrayView<int> y, int rows, int length, int count, int ascending, int batch) { }
        public static void RowSums(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<int> order, ILGPU.ArrayView<float> dx, int count, int inner, int positions, int batch) { }
        public static void ScatterAdd(ILGPU.ArrayView<float> values, ILGPU.ArrayView<int> indices, ILGPU.ArrayView<float> y, int rows, int length, int count, int batch) { }
        public static void UpdateRows<TOptimizer>(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<int> order, ILGPU.ArrayView<float> weight, ILGPU.ArrayView<float> slot0, ILGPU.ArrayView<float> slot1, int count, int inner, int positions, ILGPU.ArrayView<float> prepared, int batch)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
    }
    public readonly struct Lane : NetGen.Runtime.IVector<NetGen.Cuda.Kernels.Lane>
    {
        public Lane(float value) { }
        public float Value { get; }
        public static int Count { get; }
        public static NetGen.Cuda.Kernels.Lane LaneIndex { get; }
        public static NetGen.Cuda.Kernels.Lane LaneIndexInt { get; }
        public static int Registers { get; }
        public static NetGen.Cuda.Kernels.Lane Zero { get; }
        public void Store(ref float target) { }
        public void StoreBytes(ref byte target) { }
        public void StoreBytesPartial(ref byte target, int count) { }
        public void StorePartial(ref float target, int count) { }
        public static NetGen.Cuda.Kernels.Lane Abs(NetGen.Cuda.Kernels.Lane a) { }
        public static NetGen.Cuda.Kernels.Lane AddInt(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static void AddProduct(ref NetGen.Cuda.Kernels.Lane sum, NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane And(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane AndNot(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static bool Any(NetGen.Cuda.Kernels.Lane mask) { }
        public static NetGen.Cuda.Kernels.Lane Broadcast(float value) { }
        public static NetGen.Cuda.Kernels.Lane BroadcastInt(int value) { }
        public static NetGen.Cuda.Kernels.Lane ConvertFromInt(NetGen.Cuda.Kernels.Lane a) { }
        public static NetGen.Cuda.Kernels.Lane ConvertToInt(NetGen.Cuda.Kernels.Lane a) { }
        public static NetGen.Cuda.Kernels.Lane Equal(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane Floor(NetGen.Cuda.Kernels.Lane a) { }
        public static NetGen.Cuda.Kernels.Lane Fma(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b, NetGen.Cuda.Kernels.Lane c) { }
        public static NetGen.Cuda.Kernels.Lane Fma(float a, NetGen.Cuda.Kernels.Lane b, NetGen.Cuda.Kernels.Lane c) { }
        public static NetGen.Cuda.Kernels.Lane FmaExact(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b, NetGen.Cuda.Kernels.Lane c) { }
        public static NetGen.Cuda.Kernels.Lane Greater(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane GreaterOrEqual(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane GreaterOrEqualUInt(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane InterleaveEven(NetGen.Cuda.Kernels.Lane even, NetGen.Cuda.Kernels.Lane odd) { }
        public static NetGen.Cuda.Kernels.Lane Load([System.Runtime.CompilerServices.RequiresLocation] ref float source) { }
        public static NetGen.Cuda.Kernels.Lane LoadBytes([System.Runtime.CompilerServices.RequiresLocation] ref byte source) { }
        public static NetGen.Cuda.Kernels.Lane LoadBytesPartial([System.Runtime.CompilerServices.RequiresLocation] ref byte source, int count) { }
        public static NetGen.Cuda.Kernels.Lane LoadPartial([System.Runtime.CompilerServices.RequiresLocation] ref float source, int count) { }
        public static NetGen.Cuda.Kernels.Lane Max(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static float Maximum(NetGen.Cuda.Kernels.Lane a) { }
        public static NetGen.Cuda.Kernels.Lane Min(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane MultiplyEvenUInt(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane OddToEven(NetGen.Cuda.Kernels.Lane a) { }
        public static NetGen.Cuda.Kernels.Lane Or(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane Round(NetGen.Cuda.Kernels.Lane a) { }
        public static NetGen.Cuda.Kernels.Lane Scale(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane n) { }
        public static NetGen.Cuda.Kernels.Lane Select(NetGen.Cuda.Kernels.Lane mask, NetGen.Cuda.Kernels.Lane ifTrue, NetGen.Cuda.Kernels.Lane ifFalse) { }
        public static NetGen.Cuda.Kernels.Lane ShiftLeftInt(NetGen.Cuda.Kernels.Lane a, int bits) { }
        public static NetGen.Cuda.Kernels.Lane ShiftRightInt(NetGen.Cuda.Kernels.Lane a, int bits) { }
        public static NetGen.Cuda.Kernels.Lane ShiftRightUInt(NetGen.Cuda.Kernels.Lane a, int bits) { }
        public static NetGen.Cuda.Kernels.Lane Sqrt(NetGen.Cuda.Kernels.Lane a) { }
        public static NetGen.Cuda.Kernels.Lane SubtractInt(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static float Sum(NetGen.Cuda.Kernels.Lane a) { }
        public static void Transpose([System.Runtime.CompilerServices.RequiresLocation] ref float source, nint sourceStride, ref float target, nint targetStride) { }
        public static NetGen.Cuda.Kernels.Lane Xor(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane Xor(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b, NetGen.Cuda.Kernels.Lane c) { }
        public static NetGen.Cuda.Kernels.Lane operator *(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane operator +(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane operator -(NetGen.Cuda.Kernels.Lane a) { }
        public static NetGen.Cuda.Kernels.Lane operator -(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
        public static NetGen.Cuda.Kernels.Lane operator /(NetGen.Cuda.Kernels.Lane a, NetGen.Cuda.Kernels.Lane b) { }
    }
    public static class NormKernels
    {
        public static void Rescale(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int perSample, int positions, int groups, int width, int epsilon, int batch) { }
        public static void RescaleGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> dx, int perSample, int positions, int groups, int width, int epsilon, int batch) { }
        public static void Standardize(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int perSample, int positions, int groups, int width, int epsilon, int batch) { }
        public static void StandardizeGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> dx, int perSample, int positions, int groups, int width, int epsilon, int batch) { }
    }
    public static class OptimizerRuns
    {
        public static void Apply4<TOptimizer>(in TOptimizer prepared, ref float weight, ref float slot0, ref float slot1, NetGen.Cuda.Kernels.Lane gradient0, NetGen.Cuda.Kernels.Lane gradient1, NetGen.Cuda.Kernels.Lane gradient2, NetGen.Cuda.Kernels.Lane gradient3)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
    }
    public static class PoolKernels
    {
        public static void AveragePool2D(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, NetGen.Cuda.Kernels.PoolWindows w, int batch) { }
        public static void AveragePool2DGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> dx, NetGen.Cuda.Kernels.PoolWindows w, int batch) { }
        public static void MaxPool2D(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, NetGen.Cuda.Kernels.PoolWindows w, int batch) { }
        public static void MaxPool2DGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<byte> indices, ILGPU.ArrayView<float> dx, NetGen.Cuda.Kernels.PoolWindows w, int batch) { }
        public static void MaxPool2DGradientSideBySide(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<byte> indices, ILGPU.ArrayView<float> dx, NetGen.Cuda.Kernels.PoolWindows w, int batch) { }
        public static void MaxPool2DIndices(ILGPU.ArrayView<float> x, ILGPU.ArrayView<byte> indices, NetGen.Cuda.Kernels.PoolWindows w, int batch) { }
        public static void MaxPool2DWithIndices(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, ILGPU.ArrayView<byte> indices, NetGen.Cuda.Kernels.PoolWindows w, int batch) { }
    }
    public readonly struct PoolWindows : System.IEquatable<NetGen.Cuda.Kernels.PoolWindows>
    {
        public PoolWindows(int Height, int Width, int Channels, int OutHeight, int OutWidth, int PoolH, int PoolW, int StrideH, int StrideW, int Top, int Left) { }
        public int Channels { get; init; }
        public int Height { get; init; }
        public int Left { get; init; }
        public int OutHeight { get; init; }
        public int OutWidth { get; init; }
        public int PoolH { get; init; }
        public int PoolW { get; init; }
        public int StrideH { get; init; }
        public int StrideW { get; init; }
        public int Top { get; init; }
        public int Width { get; init; }
    }
    public static class PositionKernels
    {
        public static void AddSinusoids(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int perSample, int sequences, int rows, int width, int batch) { }
        public static void Rotate(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int perSample, int sequences, int rows, int width, int heads, int size, int theta, int interleaved, int back, int batch) { }
    }
    public static class PtxArithmetic
    {
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static float Add(float a, float b) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static float Divide(float a, float b) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static float Floor(float a) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static float Maximum(float a, float b) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static float Minimum(float a, float b) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static float Multiply(float a, float b) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static float MultiplyAdd(float a, float b, float c) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static NetGen.Cuda.Kernels.Float4 MultiplyAdd16(NetGen.Cuda.Kernels.Float4 a, NetGen.Cuda.Kernels.Float4 b0, NetGen.Cuda.Kernels.Float4 b1, NetGen.Cuda.Kernels.Float4 b2, NetGen.Cuda.Kernels.Float4 b3, NetGen.Cuda.Kernels.Float4 c) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static NetGen.Cuda.Kernels.Float4 MultiplyAdd4(float a, NetGen.Cuda.Kernels.Float4 b, NetGen.Cuda.Kernels.Float4 c) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static float Round(float a) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static float SquareRoot(float a) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static float Subtract(float a, float b) { }
    }
    public static class PtxMatrix
    {
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static NetGen.Cuda.Kernels.Word4 LoadMatrices(ref NetGen.Cuda.Kernels.Float4 row, int offset) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static NetGen.Cuda.Kernels.Word4 LoadMatricesTransposed(ref NetGen.Cuda.Kernels.Float4 row, int offset) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static NetGen.Cuda.Kernels.Float4 MultiplyAddBFloat16(NetGen.Cuda.Kernels.Float4 c, uint a0, uint a1, uint a2, uint a3, uint b0, uint b1) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static NetGen.Cuda.Kernels.Float4 MultiplyAddTensorFloat32(NetGen.Cuda.Kernels.Float4 c, uint a0, uint a1, uint a2, uint a3, uint b0, uint b1) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static uint PackBFloat16(float low, float high) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static uint RoundToTensorFloat32(uint bits) { }
    }
    public static class PtxMemory
    {
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static void CommitCopies() { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static void CopyAsync16(ref NetGen.Cuda.Kernels.Float4 target, int offset, ref float source, int bytes) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static void CopyAsync16(ref NetGen.Cuda.Kernels.Float4 target, int offset, ref ushort source, int bytes) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static void CopyAsync4(ref NetGen.Cuda.Kernels.Float4 target, int offset, int part, ref float source, int bytes) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static void CopyAsync4(ref NetGen.Cuda.Kernels.Float4 target, int offset, int part, ref ushort source, int bytes) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static void CopyAsync8(ref NetGen.Cuda.Kernels.Float4 target, int offset, int part, ref float source, int bytes) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static void CopyAsync8(ref NetGen.Cuda.Kernels.Float4 target, int offset, int part, ref ushort source, int bytes) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static NetGen.Cuda.Kernels.Float4 Load4(ref float source) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static float LoadReadOnly(ref float source) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static NetGen.Cuda.Kernels.Float4 LoadReadOnly4(ref float source) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static NetGen.Cuda.Kernels.Float4 LoadShared(ref NetGen.Cuda.Kernels.Float4 source, int offset) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static uint LoadSharedWord(ref float source, int offset) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static void Store2(ref float target, float x, float y) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static void Store4(ref float target, float x, float y, float z, float w) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static void StoreWord(ref ushort target, uint word) { }
        [ILGPU.IR.Intrinsics.IntrinsicImplementation]
        public static void WaitCopies(int groups) { }
    }
    public static class RecurrenceKernels
    {
        public static void Forward(ILGPU.ArrayView<float> g, ILGPU.ArrayView<float> weight, ILGPU.ArrayView<float> bias, ILGPU.ArrayView<float> y, NetGen.Cuda.Kernels.RecurrenceShape shape, int batch) { }
        public static void ForwardWithKept(ILGPU.ArrayView<float> g, ILGPU.ArrayView<float> weight, ILGPU.ArrayView<float> bias, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> kept, NetGen.Cuda.Kernels.RecurrenceShape shape, int batch) { }
        public static void Gradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> weight, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> kept, ILGPU.ArrayView<float> dg, NetGen.Cuda.Kernels.RecurrenceShape shape, int batch) { }
        public static void Gradients(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> weight, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> kept, ILGPU.ArrayView<float> dg, ILGPU.ArrayView<float> du, NetGen.Cuda.Kernels.RecurrenceShape shape, int batch) { }
        public static void HiddenGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> weight, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> kept, ILGPU.ArrayView<float> du, NetGen.Cuda.Kernels.RecurrenceShape shape, int batch) { }
    }
    public readonly struct RecurrenceShape
    {
        public RecurrenceShape(int kind, int steps, int units, int outer = 1, int reverse = 0, int bias = 0) { }
    }
    public static class ResampleKernels
    {
        public static void Resample(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int perSample, int outer, int n, int m, int inner, int kind, int before, int batch) { }
        public static void ResampleGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> dx, int perSample, int outer, int n, int m, int inner, int kind, int before, int batch) { }
    }
    public static class RowKernels
    {
        public static void BeginStep(ILGPU.ArrayView<int> heads, ILGPU.ArrayView<int> counter, ILGPU.ArrayView<int> head, int length) { }
        public static void GatherFloats(ILGPU.ArrayView<float> column, ILGPU.ArrayView<int> rows, ILGPU.ArrayView<int> cursor, ILGPU.ArrayView<float> target, int length, int batch) { }
        public static void GatherLabels(ILGPU.ArrayView<int> column, ILGPU.ArrayView<int> rows, ILGPU.ArrayView<int> cursor, ILGPU.ArrayView<int> target, int length, int batch) { }
        public static void Note(ILGPU.ArrayView<float> values, ILGPU.ArrayView<int> cursor, ILGPU.ArrayView<float> notes, int count) { }
    }
    public static class ScanKernels
    {
        public static void Product(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int perSample, int outer, int length, int inner, int exclusive, int reverse, int batch) { }
        public static void Sum(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int perSample, int outer, int length, int inner, int exclusive, int reverse, int batch) { }
    }
    public static class SoftmaxKernels
    {
        public static void CorrectPrediction(ILGPU.ArrayView<float> logits, ILGPU.ArrayView<int> labels, ILGPU.ArrayView<float> correct, int rows, int classes, int batch) { }
        public static void CrossEntropy(ILGPU.ArrayView<float> logits, ILGPU.ArrayView<int> labels, ILGPU.ArrayView<float> loss, int rows, int classes, int batch) { }
        public static void CrossEntropyGradient(ILGPU.ArrayView<float> logits, ILGPU.ArrayView<int> labels, ILGPU.ArrayView<float> lossGradient, ILGPU.ArrayView<float> gradient, int rows, int classes, int batch) { }
        public static void CrossEntropyMeanGradient(ILGPU.ArrayView<float> logits, ILGPU.ArrayView<int> labels, ILGPU.ArrayView<float> gradient, int rows, int classes, int batch) { }
        public static void CrossEntropyWithGradient(ILGPU.ArrayView<float> logits, ILGPU.ArrayView<int> labels, ILGPU.ArrayView<float> loss, ILGPU.ArrayView<float> gradient, ILGPU.ArrayView<float> correct, int rows, int classes, int batch) { }
        public static void LogSoftmax(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int perSample, int rows, int length, int batch) { }
        public static void LogSoftmaxGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> dx, int perSample, int rows, int length, int batch) { }
        public static void SameLikeliestClass(ILGPU.ArrayView<float> logits, ILGPU.ArrayView<float> target, ILGPU.ArrayView<float> correct, int rows, int classes, int batch) { }
        public static void Softmax(ILGPU.ArrayView<float> x, ILGPU.ArrayView<float> y, int perSample, int rows, int length, int batch) { }
        public static void SoftmaxGradient(ILGPU.ArrayView<float> dy, ILGPU.ArrayView<float> y, ILGPU.ArrayView<float> dx, int perSample, int rows, int length, int batch) { }
    }
    public static class StepState
    {
        public static TOptimizer Optimizer<TOptimizer>(ILGPU.ArrayView<float> bytes)
            where TOptimizer :  struct { }
    }
    public struct Word4
    {
        public uint W;
        public uint X;
        public uint Y;
        public uint Z;
    }
}
namespace NetGen
{
    public static class CudaDevices
    {
        extension(NetGen.Device)
        {
            public static NetGen.Cuda.CudaDevice Cuda(int index = 0) { }
            public static NetGen.Device Best() { }
        }
    }
}