using System.Reflection;
using NetGen.Cuda.Compilation;
using NetGen.Generator.Emission.Cuda.Tiles;

namespace NetGen.Cuda.Tests.Tiles;

/// <summary>Kernels as a GPU would get them: products of the sample networks and of a large square, with the tiles that the model chooses for them.</summary>
internal static class EmittedKernels
{
    /// <summary>Shared memory for which a host needs a word to the driver; all GPUs since sm_80 have it.</summary>
    private const int LargeShared = 96 * 1024;

    public static readonly IReadOnlyList<Product> All =
    [
        // 784-128-10, by any batch: forward, the gradient that goes on, the gradients of the weights.
        Of("mlp_1_forward", TilePrecision.Float32, 0, 128, 784, true, false),
        Of("mlp_3_forward", TilePrecision.Float32, 0, 10, 128, true, false),
        Of("mlp_3_backward", TilePrecision.Float32, 0, 128, 10, true, true),
        Of("mlp_1_weight", TilePrecision.Float32, 784, 128, 0, false, false),
        Of("mlp_3_weight", TilePrecision.Float32, 128, 10, 0, false, false),
        // The second convolution of the sample, 13 × 13 × 32 to 11 × 11 × 64.
        Of("cnn_3_forward", TilePrecision.Float32, 0, 64, 288, true, false, new ImageWindows(13, 13, 32, 3, 3)),
        Of("cnn_3_weight", TilePrecision.Float32, 288, 64, 0, false, false, new ImageWindows(13, 13, 32, 3, 3)),
        Of("cnn_0_forward", TilePrecision.Float32, 0, 32, 9, true, false, new ImageWindows(28, 28, 1, 3, 3)),
        Of("padded_forward", TilePrecision.Float32, 0, 64, 576, true, false, new ImageWindows(16, 16, 64, 3, 3, Top: 1, Bottom: 1, Left: 1, Right: 1)),
        Of("padded_weight", TilePrecision.Float32, 576, 64, 0, false, false, new ImageWindows(16, 16, 64, 3, 3, Top: 1, Bottom: 1, Left: 1, Right: 1)),
        // 4096 × 4096 × 4096, in all orders in which products come.
        .. from precision in Enum.GetValues<TilePrecision>()
           from order in TileCases.Orders.Take(3)
           select Of($"square_{precision}_{Order(order)}", precision, 4096, 4096, 4096, order.Left, order.Right),
        Of("large_bf16", TilePrecision.BFloat16, 4096, 4096, 4096, true, false, sharedBytes: LargeShared),
        Of("large_tf32", TilePrecision.TensorFloat32, 4096, 4096, 4096, true, false, sharedBytes: LargeShared),
        Of("mlp_1_forward_tf32", TilePrecision.TensorFloat32, 0, 128, 784, true, false),
        Of("mlp_1_forward_bf16", TilePrecision.BFloat16, 0, 128, 784, true, false),
        Of("cnn_3_forward_bf16", TilePrecision.BFloat16, 0, 64, 288, true, false, new ImageWindows(13, 13, 32, 3, 3)),
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, MethodInfo>> Methods = new(() => KernelText.Compile(Text(All)));

    private static readonly Dictionary<string, Lazy<string>> Ptxs = All.ToDictionary(
        product => product.Name, product => new Lazy<string>(() => KernelCompiler.Compile(Methods.Value[product.Name], product.Tile.Threads, product.Tile.BlocksPerMultiprocessor)));

    private static readonly Lazy<IReadOnlyDictionary<string, (Assembler.Resources Resources, string Code)>> Assembled = new(() =>
        All.Zip(Assembler.Disassemble([.. All.Select(product => Ptx(product.Name))])).ToDictionary(pair => pair.First.Name, pair => pair.Second));

    public static string Text(params IEnumerable<Product> products) => KernelText.Class(code =>
    {
        foreach (var product in products)
            product.Emit(code);
    });

    public static Product Find(string name) => All.Single(product => product.Name == name);

    public static string Ptx(string name) => Ptxs[name].Value;

    /// <summary>The kernel that adds up the parts.</summary>
    public static string SumPtx(Product product) => KernelCompiler.Compile(Methods.Value[product.SumName], SplitSumEmitter.Threads, 2);

    /// <summary>What the assembler says, and the machine code.</summary>
    public static (Assembler.Resources Resources, string Code) Assemble(string name) => Assembled.Value[name];

    private static string Order((bool Left, bool Right) order) => $"{(order.Left ? 'n' : 't')}{(order.Right ? 't' : 'n')}";

    /// <summary>0 stands for what depends on the batch.</summary>
    private static Product Of(
        string name, TilePrecision precision, int rows, int columns, int depth, bool left, bool right, ImageWindows? windows = null, int sharedBytes = TileRules.StaticSharedBytes)
    {
        var perSample = windows?.Count ?? 1;
        var shape = new ProductShape(batch => rows > 0 ? rows : batch * perSample, columns, batch => depth > 0 ? depth : batch * perSample, left, right, precision);
        var tile = TileModel.Choose(shape, sharedBytes: sharedBytes);
        return new Product(name, tile, rows > 0 ? rows : 128 * perSample, columns, depth > 0 ? depth : 128 * perSample, left, right, rows == 0, depth == 0, windows);
    }
}
