using System.Globalization;
using System.Text;

namespace Scrip.Storage;

/// <summary>Composes the statement of a list. In a filter, <c>{0}</c> is its value and <c>{site}</c> the site.</summary>
internal sealed class QueryComposer(string statement, QueryDialect dialect)
{
    private readonly StringBuilder text = new(statement, 256);
    private readonly List<object> values = [];

    /// <summary>Adds a filter; a null value adds nothing.</summary>
    public QueryComposer Filter(string condition, object? value)
    {
        if (value is DateTimeOffset instant)
            Add(" and " + condition, Microseconds.From(instant));
        else if (value is not null)
            Add(" and " + condition, value);
        return this;
    }

    /// <summary>Appends a part of the statement that contains its own query.</summary>
    public QueryComposer Append(string part)
    {
        text.Append(part.Replace("{site}", Parameter(1), StringComparison.Ordinal));
        return this;
    }

    public QueryComposer OrderBy(string order)
    {
        text.Append(" order by ").Append(order);
        return this;
    }

    public QueryComposer Page(long skip, long? take)
    {
        if (take is { } most)
            Add(" limit {0}", most);
        else if (skip > 0)
            text.Append(" limit ").Append(dialect.NoLimit);
        if (skip > 0)
            Add(" offset {0}", skip);
        return this;
    }

    public ComposedQuery Compose() => new(text.ToString(), values);

    private void Add(string part, object value)
    {
        values.Add(value);
        text.Append(part.Replace("{0}", Parameter(values.Count + 1), StringComparison.Ordinal)
            .Replace("{site}", Parameter(1), StringComparison.Ordinal));
    }

    private static string Parameter(int number) => string.Create(CultureInfo.InvariantCulture, $"${number}");
}

/// <summary>The differences between the SQL of the databases.</summary>
/// <param name="ContainsFolded">The condition that the certificate's folded code contains the parameter {0}.</param>
/// <param name="Codes">The table that a search alone reads.</param>
/// <param name="HasFoldedCode">The condition that the certificate's folded code equals the parameter {0}.</param>
/// <param name="NoLimit">The word after <c>limit</c> for no limit.</param>
/// <param name="AmongIds">The operator after a column that tests for one of the few ids from the query {0}, which runs first.</param>
/// <param name="AmongListed">The condition on a column that it is one of the numbers that the text {0} lists with commas.</param>
internal sealed record QueryDialect(
    string ContainsFolded, CodeTable Codes, string HasFoldedCode, string NoLimit, string AmongIds, string AmongListed)
{
    public string Among(string query) => AmongIds.Replace("{0}", query, StringComparison.Ordinal);
}

/// <summary>The narrowest table or index with all codes.</summary>
/// <param name="Id">The column with the certificate's id.</param>
/// <param name="ContainsFolded">The condition that a row's folded code contains the parameter {0}.</param>
/// <param name="Count">The statement that counts its rows.</param>
internal sealed record CodeTable(string Name, string Id, string ContainsFolded, string Count);
