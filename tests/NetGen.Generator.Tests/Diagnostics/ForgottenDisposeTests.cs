using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>A way of the user's own to end an object, which does not end the network.</summary>
public class ForgottenDisposeTests
{
    [Theory]
    [InlineData("public void Dispose() { }", "Dispose")]
    [InlineData("void IDisposable.Dispose() { }", "Dispose")]
    [InlineData("public System.Threading.Tasks.ValueTask DisposeAsync() => default;", "DisposeAsync")]
    [InlineData("public void Dispose() => Close(); private void Close() { }", "Dispose")]
    [InlineData("public void Dispose() { } void Other() => Console.WriteLine(\"DisposeNetwork\");", "Dispose")]
    public void Is_said(string members, string place) => Assert.Equal([("NG0704", place)], Found(members).Select(f => (f.Id, f.Text)));

    [Theory]
    [InlineData("public void Dispose() => DisposeNetwork();")]
    [InlineData("public void Dispose() => Close(); private void Close() { if (IsOpen) { DisposeNetwork(); } } private bool IsOpen => true;")]
    [InlineData("public void Dispose() { Action end = DisposeNetwork; end(); }")]
    [InlineData("void IDisposable.Dispose() => Dispose();")]
    [InlineData("public System.Threading.Tasks.ValueTask DisposeAsync() { Dispose(); return default; }")]
    [InlineData("public System.Threading.Tasks.ValueTask DisposeAsync() { DisposeNetwork(); return default; } public void Dispose() => DisposeNetwork();")]
    [InlineData("public void Dispose(int what) { }")]
    [InlineData("")]
    public void Is_not_said(string members) => Assert.Empty(Found(members));

    [Fact]
    public void A_call_in_another_part_of_the_class() => Assert.Empty(Compiled.All(Network("public void Dispose() => Close();"), "partial class Net { private void Close() => DisposeNetwork(); }"));

    private static IReadOnlyList<Found> Found(string members) => Compiled.All(Network(members));

    private static string Network(string members) =>
        $"[Network] public sealed partial class Net {{ private readonly Layer layer = Dense(3); public Tensor Forward([Shape(3)] Tensor x) => layer(x); {members} }}";
}
