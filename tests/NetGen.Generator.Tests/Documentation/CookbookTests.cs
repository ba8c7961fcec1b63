using Xunit;

namespace NetGen.Generator.Tests.Documentation;

/// <summary>Every recipe of docs/cookbook.md and docs/faq.md runs, and prints or throws what its comment says.</summary>
public sealed class CookbookTests(Cookbook cookbook) : IClassFixture<Cookbook>
{
    public static TheoryData<string, string> Titles => [.. Cookbook.Recipes().Select(block => (block.Page, block.Title))];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Runs(string page, string title) =>
        cookbook.Run(Assert.Single(Cookbook.Recipes(), block => block.Page == page && block.Title == title));
}
