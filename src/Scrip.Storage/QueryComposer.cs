using System.Globalization;
using System.Text;

namespace Scrip.Storage;

/// <summary>Puts a list's statement together. In a filter <c>{0}</c> stands for its value and <c>{site}</c> for the site.</summary>
internal sealed class QueryComposer(string statement, QueryDialect dialect)
{
    private readonly StringBuilder text = new(statement, 256);
    private readonly List<object> values = [];

    /// <summary>A filter whose value is null is none.</summary>
    public QueryComposer Filter(string condition, object? value)
    {
        if (value is DateTimeOffset instant)
            Add(" and " + condition, Microseconds.From(instant));
        else if (value is not null)
            Add(" and " + condition, value);
        return this;
    }

    /// <summary>Where a part of the statement is a query of its own.</summary>
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

    private string Parameter(int number) => string.Create(CultureInfo.InvariantCulture, $"{dialect.ParameterSign}{number}");
}

/// <summary>Where the databases' SQL differs.</summary>
/// <param name="ContainsFolded">Whether the certificate's folded code contains the parameter {0}.</param>
/// <param name="Codes">Where a search alone looks.</param>
/// <param name="HasFoldedCode">Whether the certificate's folded code is the parameter {0}.</param>
/// <param name="NoLimit">What stands after <c>limit</c> for none.</param>
/// <param name="AmongIds">What stands after a column for: is one of the few ids that the query {0} answers, which is asked first.</param>
internal sealed record QueryDialect(
    char ParameterSign, string ContainsFolded, CodeTable Codes, string HasFoldedCode, string NoLimit, string AmongIds)
{
    public string Among(string query) => AmongIds.Replace("{0}", query, StringComparison.Ordinal);
}

/// <summary>The narrowest table or index of all codes.</summary>
/// <param name="Id">The column of the certificate's id.</param>
/// <param name="ContainsFolded">Whether a row's folded code contains the parameter {0}.</param>
internal sealed record CodeTable(string Name, string Id, string ContainsFolded);
