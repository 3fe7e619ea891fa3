using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>The page shows the statements that are shipped.</summary>
public sealed class CitusPageTests
{
    [Fact]
    public void The_page_shows_each_statement_in_the_order_in_which_it_is_run()
    {
        var page = SourceTree.Read("docs/operating/citus.md").Lines.Where(line => line.StartsWith("select create_", StringComparison.Ordinal));
        var shipped = SourceTree.Code
            .Where(file => file.Path.StartsWith("src/Scrip.Storage/Postgres/Citus/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => file.Text.Trim() + ";");
        Assert.Equal(shipped, page);
    }
}
