namespace Scrip.Storage.Sqlite;

/// <summary>The parts of list queries that are specific to SQLite.</summary>
internal static class SqliteDialect
{
    public static QueryDialect Create() => new(
        // Certificates are collected several times faster in the order of their ids. Without a limit, SQLite drops the order.
        ContainsFolded: """
            id in (
                select certificate_id from certificate_code where site_id = {site} and instr(code_folded, {0}) > 0
                order by certificate_id limit -1)
            """,
        Codes: new("certificate_code", "certificate_id", "instr(code_folded, {0}) > 0", Count: "code_count"),
        HasFoldedCode: "id in (select certificate_id from certificate_code where site_id = {site} and code_folded = {0})",
        NoLimit: "-1",
        AmongIds: "in ({0})",
        AmongListed: "in (select value from json_each('[' || {0} || ']'))");
}
