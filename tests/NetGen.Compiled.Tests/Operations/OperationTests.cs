using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Operations;

/// <summary>Every operation, compiled: result, loss and all gradients within what rounding explains, and the same bits for any number of threads.</summary>
[Trait("Category", "Kernels")]
public sealed class OperationTests
{
    public static IEnumerable<object[]> Names => OperationNetworks.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_the_reference(string name) =>
        Assert.InRange(Agreement.Check(OperationNetworks.Get(name), name == OperationNetworks.LongSequence ? [1, 3] : [1, 2, 3, 7, 16, 33], 2, 3), 0, 5e-3);

    /// <summary>
    /// From 64 samples on the columns of a large weight are packed; rows that fill no tile read them in place. One sample reads the weight as
    /// it lies in memory.
    /// </summary>
    [Fact]
    public void Packed_columns_agree_with_the_reference() =>
        Assert.InRange(Agreement.Check(OperationNetworks.Get(OperationNetworks.LargeWeight), [1, 67], 3), 0, 5e-3);

    /// <summary>Sums of 1,080 terms in parts of 256, from a padded copy of the image.</summary>
    [Fact]
    public void Kernels_read_a_part_at_a_time_agree_with_the_reference() =>
        Assert.InRange(Agreement.Check(OperationNetworks.Get(OperationNetworks.LargeKernels), [1, 3], 2, 3), 0, 2e-2);
}
