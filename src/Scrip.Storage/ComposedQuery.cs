using System.Globalization;
using System.Text;

namespace Scrip.Storage;

/// <summary>
/// A list's statement, composed from its named statement and a closed list of filters and orders. Values are always parameters.
/// </summary>
/// <param name="Text">With the site as its first parameter.</param>
/// <param name="Values">Of the parameters from the second on: <see cref="long"/>, <see cref="bool"/> or <see cref="string"/>.</param>
internal sealed record ComposedQuery(string Text, IReadOnlyList<object> Values)
{
    public static ComposedQuery List(string statement, CertificateQuery query, QueryDialect dialect)
    {
        var composer = new Composer(statement, dialect);
        composer.AddFilters(query);
        composer.Add(" order by " + OrderBy(query));
        if (query.Take is { } take)
            composer.Add(" limit {0}", take);
        else if (query.Skip > 0)
            composer.Add($" limit {dialect.NoLimit}");
        if (query.Skip > 0)
            composer.Add(" offset {0}", query.Skip);
        return composer.Compose();
    }

    public static ComposedQuery Count(string statement, CertificateQuery query, QueryDialect dialect)
    {
        var composer = new Composer(statement, dialect);
        composer.AddFilters(query);
        return composer.Compose();
    }

    private static string OrderBy(CertificateQuery query) => (query.Order, query.Descending) switch
    {
        (CertificateOrder.Id, false) => "id",
        (CertificateOrder.Id, true) => "id desc",
        (CertificateOrder.Code, false) => "code, id",
        (CertificateOrder.Code, true) => "code desc, id",
        (CertificateOrder.Value, false) => "value_minor, id",
        (CertificateOrder.Value, true) => "value_minor desc, id",
        (CertificateOrder.CreatedAt, false) => "created_at, id",
        (CertificateOrder.CreatedAt, true) => "created_at desc, id",
        (CertificateOrder.UpdatedAt, false) => "updated_at, id",
        (CertificateOrder.UpdatedAt, true) => "updated_at desc, id",
    };

    private sealed class Composer(string statement, QueryDialect dialect)
    {
        private readonly StringBuilder text = new(statement, 256);
        private readonly List<object> values = [];

        public void AddFilters(CertificateQuery query)
        {
            AddFilter(" and id = {0}", query.Id);
            AddFilter(" and id > {0}", query.AfterId);
            AddFilter(" and code = {0}", query.Code);
            AddFilter($" and {dialect.ContainsAnyCase}", query.Search);
            AddFilter(" and is_active = {0}", query.IsActive);
            AddFilter(" and value_minor >= {0}", query.MinFaceValue);
            AddFilter(" and value_minor <= {0}", query.MaxFaceValue);
            AddFilter(" and created_at > {0}", ToMicroseconds(query.CreatedAfter));
            AddFilter(" and created_at < {0}", ToMicroseconds(query.CreatedBefore));
            AddFilter(" and updated_at > {0}", ToMicroseconds(query.UpdatedAfter));
        }

        public void Add(string part) => text.Append(part);

        public void Add(string part, object value)
        {
            values.Add(value);
            var parameter = string.Create(CultureInfo.InvariantCulture, $"{dialect.ParameterSign}{values.Count + 1}");
            text.Append(part.Replace("{0}", parameter, StringComparison.Ordinal));
        }

        public ComposedQuery Compose() => new(text.ToString(), values);

        private void AddFilter(string part, object? value)
        {
            if (value is not null)
                Add(part, value);
        }

        private static long? ToMicroseconds(DateTimeOffset? instant) => instant is { } known ? Microseconds.From(known) : null;
    }
}

/// <summary>Where the databases' SQL differs.</summary>
/// <param name="ContainsAnyCase">Whether the column <c>code</c> contains the parameter {0}, in any case.</param>
/// <param name="NoLimit">What stands after <c>limit</c> for none.</param>
internal sealed record QueryDialect(char ParameterSign, string ContainsAnyCase, string NoLimit);
