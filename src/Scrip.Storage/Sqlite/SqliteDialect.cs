namespace Scrip.Storage.Sqlite;

/// <summary>How lists are asked for in SQLite's SQL.</summary>
internal static class SqliteDialect
{
    public static QueryDialect Create() => new(
        '?',
        // In the order of their ids, certificates are gathered several times faster. Without a limit SQLite leaves the order out.
        ContainsFolded: """
            id in (
                select certificate_id from certificate_code where site_id = {site} and instr(code_folded, {0}) > 0
                order by certificate_id limit -1)
            """,
        Codes: new("certificate_code", "certificate_id", "instr(code_folded, {0}) > 0"),
        HasFoldedCode: "id in (select certificate_id from certificate_code where site_id = {site} and code_folded = {0})",
        NoLimit: "-1",
        AmongIds: "in ({0})");
}
