namespace Scrip.Storage.Sqlite;

/// <summary>
/// Inserts many rows with one run of a statement: to begin and to end a run costs SQLite as much as a row does. Only for a table whose rows
/// come in the order of its key, since a run of many puts aside what each page held before it (docs/decisions/0022-many-rows-a-run.md).
/// </summary>
internal readonly struct SqliteInsert(SqliteSession session, string name)
{
    private const int Many = 16;

    /// <param name="bind">Binds the columns of one row, by the numbers that the statement has for one row.</param>
    public void Write<TRow>(IReadOnlyCollection<TRow> rows, Action<SqliteStatement, TRow> bind)
    {
        using var row = rows.GetEnumerator();
        for (var left = rows.Count; left > 0;)
        {
            var taken = left < Many ? 1 : Many;
            var insert = session.Insert(name, taken);
            for (var at = 0; at < taken && row.MoveNext(); at++)
                bind(insert.Row(at), row.Current);
            insert.Run();
            left -= taken;
        }
    }

    /// <summary><c>insert … values (?1, ?2)</c> for two rows: <c>insert … values (?1, ?2), (?3, ?4)</c>.</summary>
    public static string Text(string ofOneRow, int rows)
    {
        var values = ofOneRow.LastIndexOf('(');
        var columns = ofOneRow.AsSpan(values).Count('?');
        return ofOneRow[..values] + string.Join(", ", Enumerable.Range(0, rows).Select(row => Parameters(row * columns + 1)));

        string Parameters(int first) => $"({string.Join(", ", Enumerable.Range(first, columns).Select(number => $"?{number}"))})";
    }
}
