using System.Globalization;
using Microsoft.Data.Sqlite;
using Scrip.Ledger.Access;

namespace Scrip.Storage.Sqlite;

/// <summary>Brings a database file to the newest schema, forward only; each step is one transaction.</summary>
internal static class SqliteMigrations
{
    /// <summary>"Scrp", in SQLite's header field for the application.</summary>
    public const int ApplicationId = 0x53637270;

    private static readonly string[] Steps = [.. SqlFiles.In("Sqlite/Migrations")];

    public static int Newest => Steps.Length;

    public static int Current(SqliteSession session) => int.Parse(session.Pragma("user_version"), CultureInfo.InvariantCulture);

    /// <summary>Refuses a file of another program, which is neither changed nor used.</summary>
    public static void RefuseForeign(SqliteSession session, string path)
    {
        var owner = int.Parse(session.Pragma("application_id"), CultureInfo.InvariantCulture);
        if (owner != ApplicationId && (owner != 0 || Current(session) != 0 || session.Pragma("schema_version") != "0"))
            throw new StorageSetupException($"{path} is a SQLite database, but not one that Scrip made.");
    }

    /// <param name="done">Receives each step after it is done.</param>
    public static void Run(SqliteSession session, string path, StoreSettings settings, DateTimeOffset now, Action<string> done)
    {
        CheckDefaultSite(session, path, settings);
        for (var step = KnownVersion(session, path); step < Newest; step++)
        {
            session.Execute("begin immediate");
            session.Execute(SqlFiles.Read(Steps[step]));
            if (step == 0)
                AddDefaultSite(session, settings, now);
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"pragma application_id = {ApplicationId}"));
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"pragma user_version = {step + 1}"));
            session.Execute("commit");
            done(Migrations.StepName(Steps[step]));
        }
    }

    /// <summary>Lists the missing steps. It creates and changes no file.</summary>
    public static IReadOnlyList<string> FindPending(StoreSettings settings)
    {
        var path = SqlitePath.Of(settings.ConnectionString);
        if (!File.Exists(path))
            return [.. Steps.Select(Migrations.StepName)];
        try
        {
            using var session = SqliteSession.OpenReadOnly(path);
            RefuseForeign(session, path);
            CheckDefaultSite(session, path, settings);
            return [.. Steps[KnownVersion(session, path)..].Select(Migrations.StepName)];
        }
        catch (Exception refused) when (refused is SqliteException or StorageException)
        {
            throw new StorageSetupException($"The database {path} cannot be read: {refused.Message}", refused);
        }
    }

    /// <summary>Refuses settings that differ from those with which the database was created. A file without a schema accepts all.</summary>
    public static void CheckDefaultSite(SqliteSession session, string path, StoreSettings settings)
    {
        if (KnownVersion(session, path) == 0)
            return;
        var row = session.Named("site_get").Bind(1, Site.DefaultId);
        if (row.Step())
            settings.Check(row.Text(0), row.Text(1));
        row.Reset();
    }

    private static int KnownVersion(SqliteSession session, string path)
    {
        var current = Current(session);
        return current <= Newest
            ? current
            : throw new StorageSetupException($"{path} was written by a newer Scrip (schema {current}; this one knows {Newest}).");
    }

    private static void AddDefaultSite(SqliteSession session, StoreSettings settings, DateTimeOffset now) =>
        session.Named("site_insert")
            .Bind(1, Site.DefaultId).Bind(2, Site.DefaultName).Bind(3, settings.NewCurrency).Bind(4, settings.NewTimeZone).Bind(5, now)
            .Run();
}
