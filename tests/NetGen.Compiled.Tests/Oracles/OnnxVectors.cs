using Google.Protobuf;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>One of ONNX's published vectors: a model, its inputs, and what it gives.</summary>
/// <param name="Suite"><c>node</c>, whose numbers are NumPy's, or <c>pytorch-*</c>, which are PyTorch's.</param>
/// <param name="Name">Its name without <c>test_</c>.</param>
/// <param name="Folder">Where it lies.</param>
internal sealed record OnnxVector(string Suite, string Name, string Folder)
{
    /// <summary>The Debian package libonnx-testdata.</summary>
    public const string Data = "/usr/share/libonnx-testdata/data";

    public static bool AreInstalled => Directory.Exists(Data);

    public static IReadOnlyList<OnnxVector> All { get; } =
    [
        .. from suite in Directory.GetDirectories(Data).Order(StringComparer.Ordinal)
           from folder in Directory.GetDirectories(suite, "test_*").Order(StringComparer.Ordinal)
           select new OnnxVector(Path.GetFileName(suite), Path.GetFileName(folder)["test_".Length..], folder),
    ];

    public bool HasModel => File.Exists(Path.Combine(Folder, "model.onnx"));

    public OnnxModel Model() => OnnxModel.Read(Path.Combine(Folder, "model.onnx"));

    public OnnxTensor Input(int input) => Tensor($"input_{input}.pb");

    public OnnxTensor Output(int output) => Tensor($"output_{output}.pb");

    private OnnxTensor Tensor(string file) =>
        OnnxTensor.Read(new CodedInputStream(File.ReadAllBytes(Path.Combine(Folder, "test_data_set_0", file))));
}
