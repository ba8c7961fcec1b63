using Xunit;

namespace NetGen.Generator.Tests.Documentation;

/// <summary>Every recipe of docs/cookbook.md runs, and prints what its comment says.</summary>
public sealed class CookbookTests(Cookbook cookbook) : IClassFixture<Cookbook>
{
    public static TheoryData<string> Titles => [.. Cookbook.Blocks().Where(Cookbook.IsRecipe).Select(block => block.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Runs(string title) =>
        cookbook.Run(Assert.Single(Cookbook.Blocks(), block => Cookbook.IsRecipe(block) && block.Title == title));
}
