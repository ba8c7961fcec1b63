using Google.Protobuf;
using Xunit;
using Reader = NetGen.Compiled.Tests.Oracles.OnnxModel;

namespace NetGen.Onnx.Tests;

public sealed class OnnxModelTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var model = new OnnxModel("network");
        var x = model.AddInput("image", 1, 4, 4);
        var kernel = model.AddWeight("kernel", [1, 2, 3, 4, 5, 6, 7, 8], 2, 1, 2, 2);
        var bias = model.AddWeight("bias", [-0.5f, float.Epsilon], 2);
        var y = model.AddNode("Conv", [x, kernel, bias], OnnxAttribute.Ints("pads", 0, 1, 2, 3), OnnxAttribute.Int("group", 1));
        y = model.AddNode("LeakyRelu", [y], OnnxAttribute.Float("alpha", 0.125f));
        model.AddOutput(y, 2, 5, 7);

        var read = Read(model);

        Assert.Equal(OnnxModel.OperatorSet, read.Opset);
        Assert.Equal(["image"], read.Inputs);
        Assert.Equal([y], read.Outputs);
        Assert.Equal(["kernel", "bias"], read.Weights.Select(weight => weight.Name));
        Assert.Equal([2, 1, 2, 2], read.Weights[0].Dims);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], read.Weights[0].Values);
        Assert.Equal([-0.5, float.Epsilon], read.Weights[1].Values);
        Assert.Equal(["Conv", "LeakyRelu"], read.Nodes.Select(node => node.Operator));
        Assert.Equal(["image", "kernel", "bias"], read.Nodes[0].Inputs);
        Assert.Equal(read.Nodes[0].Outputs, read.Nodes[1].Inputs);
        Assert.Equal([0, 1, 2, 3], read.Nodes[0].Ints("pads")!);
        Assert.Equal(1, read.Nodes[0].Int("group", 0));
        Assert.Equal(0.125, read.Nodes[1].Float("alpha", 0));
    }

    /// <summary>ModelProto.graph.input[0].type.tensor_type.shape.dim: the first has a name instead of a size.</summary>
    [Fact]
    public void The_batch_is_left_to_each_run()
    {
        var model = new OnnxModel("network");
        model.AddInput("image", 3, 300);

        var graph = Field(7, new CodedInputStream(model.ToArray()));
        var shape = Field(2, Field(1, Field(2, Field(11, graph))));
        List<string> dims = [];
        while (shape.ReadTag() == 10)
        {
            var dim = shape.ReadBytes().CreateCodedInput();
            dims.Add(dim.ReadTag() == 18 ? dim.ReadString() : $"{dim.ReadInt64()}");
        }

        Assert.Equal([OnnxModel.Batch, "3", "300"], dims);
    }

    [Fact]
    public void Names_of_results_keep_out_of_the_way()
    {
        var model = new OnnxModel("network");
        var x = model.AddInput("relu_0", 4);
        var first = model.AddNode("Relu", [x]);
        var second = model.AddNode("Relu", [first]);
        Assert.Equal(3, new HashSet<string> { x, first, second }.Count);
    }

    [Fact]
    public void Save_writes_the_same_bytes()
    {
        var model = new OnnxModel("network");
        model.AddOutput(model.AddNode("Relu", [model.AddInput("x", 4)]), 4);
        using var stream = new MemoryStream();
        model.Save(stream);
        Assert.Equal(model.ToArray(), stream.ToArray());
    }

    [Fact]
    public void Mistakes_are_named_and_change_nothing()
    {
        var model = new OnnxModel("network");
        model.AddInput("x", 4);
        var before = model.ToArray();

        Assert.Contains("'x'", Assert.Throws<ArgumentException>(() => model.AddInput("x", 4)).Message, StringComparison.Ordinal);
        Assert.Contains("[2, 3] needs 6", Assert.Throws<ArgumentException>(() => model.AddWeight("w", [1, 2, 3], 2, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("'w'", Assert.Throws<ArgumentException>(() => model.AddNode("Gemm", ["x", "w"])).Message, StringComparison.Ordinal);
        Assert.Contains("'y'", Assert.Throws<ArgumentException>(() => model.AddOutput("y", 4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.AddNode("Relu", ["x"], default(OnnxAttribute)));

        Assert.Equal(before, model.ToArray());
    }

    private static Reader Read(OnnxModel model)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, model.ToArray());
            return Reader.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The first message of this number in a message.</summary>
    private static CodedInputStream Field(int number, CodedInputStream message)
    {
        while (message.ReadTag() is var tag && tag >> 3 != number)
        {
            Assert.NotEqual(0u, tag);
            message.SkipLastField();
        }
        return message.ReadBytes().CreateCodedInput();
    }
}
