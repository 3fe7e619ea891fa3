using System.Text;

namespace Scrip.Storage.Sqlite;

/// <summary>Composes a list from its named statement and a closed list of filters and orders. Values are always parameters.</summary>
internal static class SqliteQueryText
{
    private static readonly string List = SqlFiles.Read("Sqlite/Sql/certificate_list");
    private static readonly string Count = SqlFiles.Read("Sqlite/Sql/certificate_count");

    public static string ForList(CertificateQuery query)
    {
        var text = Filtered(List, query);
        text.Append(" order by ").Append(OrderBy(query));
        if (query.Take is not null || query.Skip > 0)
            text.Append(" limit ?12 offset ?13");
        return text.ToString();
    }

    public static string ForCount(CertificateQuery query) => Filtered(Count, query).ToString();

    public static void Bind(SqliteStatement statement, long siteId, CertificateQuery query, bool isPage)
    {
        statement.Bind(1, siteId);
        if (query.Id is { } id)
            statement.Bind(2, id);
        if (query.AfterId is { } after)
            statement.Bind(3, after);
        if (query.Code is { } code)
            statement.Bind(4, code);
        if (query.Search is { } search)
            statement.Bind(5, search);
        if (query.IsActive is { } isActive)
            statement.Bind(6, isActive);
        if (query.MinFaceValue is { } least)
            statement.Bind(7, least);
        if (query.MaxFaceValue is { } most)
            statement.Bind(8, most);
        if (query.CreatedAfter is { } createdAfter)
            statement.Bind(9, createdAfter);
        if (query.CreatedBefore is { } createdBefore)
            statement.Bind(10, createdBefore);
        if (query.UpdatedAfter is { } updatedAfter)
            statement.Bind(11, updatedAfter);
        if (isPage && (query.Take is not null || query.Skip > 0))
            statement.Bind(12, query.Take ?? -1).Bind(13, query.Skip);
    }

    private static StringBuilder Filtered(string select, CertificateQuery query)
    {
        var text = new StringBuilder(select, 256);
        if (query.Id is not null)
            text.Append(" and id = ?2");
        if (query.AfterId is not null)
            text.Append(" and id > ?3");
        if (query.Code is not null)
            text.Append(" and code = ?4");
        if (query.Search is not null)
            text.Append(" and contains_any_case(code, ?5)");
        if (query.IsActive is not null)
            text.Append(" and is_active = ?6");
        if (query.MinFaceValue is not null)
            text.Append(" and value_minor >= ?7");
        if (query.MaxFaceValue is not null)
            text.Append(" and value_minor <= ?8");
        if (query.CreatedAfter is not null)
            text.Append(" and created_at > ?9");
        if (query.CreatedBefore is not null)
            text.Append(" and created_at < ?10");
        if (query.UpdatedAfter is not null)
            text.Append(" and updated_at > ?11");
        return text;
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
}
