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
/// <param name="ContainsAnyCase">Whether the column <c>code</c> contains the parameter {0}, in any case.</param>
/// <param name="HasFoldedCode">Whether the certificate's folded code is the parameter {0}.</param>
/// <param name="NoLimit">What stands after <c>limit</c> for none.</param>
/// <param name="AmongIds">What stands after a column for: is one of the few ids that the query {0} answers, which is asked first.</param>
internal sealed record QueryDialect(char ParameterSign, string ContainsAnyCase, string HasFoldedCode, string NoLimit, string AmongIds)
{
    public string Among(string query) => AmongIds.Replace("{0}", query, StringComparison.Ordinal);
}
