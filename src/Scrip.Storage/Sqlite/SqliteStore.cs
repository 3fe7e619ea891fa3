using System.Globalization;
using Microsoft.Data.Sqlite;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Storage.Reads;

namespace Scrip.Storage.Sqlite;

/// <summary>The embedded database: one file, one process, one writing connection, many readers. A returned commit is on the disk.</summary>
public sealed class SqliteStore : IStore
{
    internal static readonly QueryDialect Dialect = SqliteDialect.Create();

    private static readonly Selections Selections = new(static name => SqlFiles.Statement("Sqlite", name), Dialect);

    /// <summary>The most lists at once. Each keeps a connection with 2 MB of page cache, and an old state of the database.</summary>
    private const int ListsAtOnce = 48;

    private const int ListsPerSite = 12;


    private readonly string path;
    private readonly DataFolderLock folderLock;
    private readonly SqliteReaders readers;
    private readonly SqliteScans scans;
    private readonly SqliteCheckpoints checkpoints;
    private SqliteSession writer;
    private bool writerIsBroken;

    private SqliteStore(string path, DataFolderLock folderLock, SqliteSession writer, StoreSettings settings)
    {
        this.path = path;
        this.folderLock = folderLock;
        this.writer = writer;
        readers = new SqliteReaders(path);
        var lists = new ListPlaces(ListsAtOnce, ListsPerSite, settings.LongestList);
        scans = new SqliteScans(readers, lists);
        checkpoints = new SqliteCheckpoints(path, settings.MaxLogBytes, lists.CutOldest);
        Description = string.Create(
            CultureInfo.InvariantCulture,
            $"{path} (SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}, WAL, synchronous=FULL)");
    }

    public string Description { get; }

    public string? Obstacle => null;

    /// <summary>The threads and connections for everything that may scan a table.</summary>
    internal SqliteScans Scans => scans;

    public static SqliteStore Open(StoreSettings settings, DateTimeOffset now) => Open(settings, now, migrated: static _ => { });

    /// <param name="migrated">Receives each missing step of the schema after it is done.</param>
    public static SqliteStore Open(StoreSettings settings, DateTimeOffset now, Action<string> migrated)
    {
        var path = SqlitePath.Of(settings.ConnectionString);
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            CreateFolder(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StorageSetupException($"The data folder {folder} cannot be created: {refused.Message}", refused);
        }

        var folderLock = DataFolderLock.Take(folder);
        SqliteSession? writer = null;
        try
        {
            PrivateFiles.Prepare(path);
            writer = SqliteSession.OpenWriter(path);
            PrivateFiles.Tighten(path);
            SqliteMigrations.Run(writer, path, settings, now, migrated);
            CheckDurability(writer);
            return new SqliteStore(path, folderLock, writer, settings);
        }
        catch (Exception refused)
        {
            writer?.Dispose();
            folderLock.Dispose();
            if (refused is SqliteException or StorageException or IOException or UnauthorizedAccessException)
                throw new StorageSetupException($"The database {path} cannot be opened: {refused.Message}", refused);
            throw;
        }
    }

    public int WritersAtOnce => 1;
    public bool SharesCommits => true;

    public ILedgerTransaction Begin(long siteId, GroupLookup lookup, DateTimeOffset now)
    {
        RepairWriter();
        checkpoints.Advance(writer);
        return new SqliteTransaction(writer, siteId, lookup, now, onBroken: () => writerIsBroken = true);
    }

    public ValueTask<Certificate?> FindAsync(long siteId, long certificateId, CancellationToken cancellationToken) =>
        readers.ReadFirstAsync<Certificate?>(
            session => session.Named("certificate_load").Bind(1, siteId).Bind(2, certificateId),
            row => row.Integer(0) == certificateId ? Columns<SqliteRow>.Certificate(row) : null,
            cancellationToken);

    public ValueTask<IRows<CertificateRow>> QueryAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken) =>
        RowsAsync<CertificateRow>(
            siteId, Selections.Of(query), () => new SqliteCertificateBatch(Columns<SqliteRow>.Of(query)), cancellationToken);

    public ValueTask<IRows<RedemptionLine>> QueryAsync(long siteId, RedemptionQuery query, CancellationToken cancellationToken) =>
        RowsAsync(
            siteId, Selections.Of(query), static () => new SqliteBatch<RedemptionLine>(Columns<SqliteRow>.ListedRedemption),
            cancellationToken);

    public ValueTask<IRows<EntryRow>> QueryAsync(long siteId, EntryQuery query, CancellationToken cancellationToken) =>
        RowsAsync(
            siteId, Selections.Of(query), static () => new SqliteBatch<EntryRow>(Columns<SqliteRow>.ListedEntry), cancellationToken);

    public ValueTask<IRows<Batch>> QueryAsync(long siteId, BatchQuery query, CancellationToken cancellationToken) =>
        RowsAsync(siteId, Selections.Of(query), static () => new SqliteBatch<Batch>(Columns<SqliteRow>.Batch), cancellationToken);

    public ValueTask<Batch?> FindBatchAsync(long siteId, long batchId, CancellationToken cancellationToken) =>
        readers.ReadFirstAsync(
            session => session.Named("batch_load").Bind(1, siteId).Bind(2, batchId), Columns<SqliteRow>.Batch, cancellationToken);

    public ValueTask<Batch?> FindBatchOfAsync(long siteId, long certificateId, CancellationToken cancellationToken) =>
        readers.ReadFirstAsync<Batch?>(
            session => session.Named("batch_of_certificate").Bind(1, siteId).Bind(2, certificateId),
            row => Columns<SqliteRow>.Batch(row) is var batch && batch.LastCertificateId >= certificateId ? batch : null,
            cancellationToken);

    public ValueTask<long> ReadLastEntryIdAsync(long siteId, CancellationToken cancellationToken) =>
        readers.ReadAsync(session => SqliteTransaction.ReadCounters(session, siteId).LastEntryId, cancellationToken);

    public ValueTask<long> CountAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken) =>
        query.HasFilters
            ? scans.CountAsync(siteId, Selections.CountOf(query), cancellationToken)
            : readers.ReadAsync(session => SqliteScans.Count(session, siteId, Selections.CountOf(query)), cancellationToken);

    public ValueTask<long> CountAsync(long siteId, RedemptionQuery query, CancellationToken cancellationToken) =>
        scans.CountAsync(siteId, Selections.CountOf(query), cancellationToken);

    public ValueTask<long> CountAsync(long siteId, EntryQuery query, CancellationToken cancellationToken) =>
        scans.CountAsync(siteId, Selections.CountOf(query), cancellationToken);

    public ValueTask<long> CountAsync(long siteId, BatchQuery query, CancellationToken cancellationToken) =>
        readers.ReadAsync(session => SqliteScans.Count(session, siteId, Selections.CountOfBatches), cancellationToken);

    public ValueTask<bool> HasRecordAsync(long siteId, long actor, IdempotencyKey key, CancellationToken cancellationToken) =>
        readers.HasRowAsync(
            session => session.Named("idempotency_record_get").Bind(1, siteId).Bind(2, actor).Bind(3, key.Text), cancellationToken);

    public ValueTask<bool> HasOverdueHoldsAsync(long siteId, DateTimeOffset now, CancellationToken cancellationToken) =>
        readers.HasRowAsync(session => session.Named("redemption_has_overdue").Bind(1, siteId).Bind(2, now), cancellationToken);

    public ValueTask<LedgerContents> ReadOverdueHoldsAsync(
        long siteId, DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        scans.ReadAsync(
            siteId,
            session => session.InSnapshot(() => new SqliteLoading(session, siteId, GroupLookup.Nothing).LoadWithOverdue(now, most)),
            cancellationToken);

    public ValueTask<IReadOnlyList<long>> ReadSitesWithOverdueHoldsAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        scans.ReadAsync<IReadOnlyList<long>>(
            AllSites.Id,
            session =>
            {
                var sites = new List<long>();
                for (var row = session.Named("redemption_overdue_sites").Bind(1, now); row.Step();)
                    sites.Add(row.Integer(0));
                return sites;
            },
            cancellationToken);

    public ValueTask<ILedgerSnapshot> OpenSnapshotAsync(long siteId, CancellationToken cancellationToken) =>
        scans.OpenSnapshotAsync(siteId, cancellationToken);

    public ValueTask<AccessContents> ReadAccessAsync(CancellationToken cancellationToken) =>
        // One snapshot, so that no token is read without its site.
        readers.ReadAsync(session => session.InSnapshot(() => SqliteTransaction.ReadAccess(session)), cancellationToken);

    public ValueTask<DateTimeOffset> ReadNewestEntryAtAsync(CancellationToken cancellationToken) =>
        readers.ReadFirstAsync(static session => session.Named("counter_newest_entry"), static row => row.Instant(0), cancellationToken);

    public ValueTask<long> ReadAccessVersionAsync(CancellationToken cancellationToken) =>
        readers.ReadFirstAsync(
            static session => session.Named("access_version_get").Bind(1, AllSites.Id), static row => row.Integer(0),
            cancellationToken);

    public void Probe(DateTimeOffset now)
    {
        RepairWriter();
        CheckDurability(writer);
        writer.Named("probe_set").Bind(1, Site.DefaultId).Bind(2, now).Run();
    }

    public void Dispose()
    {
        scans.Dispose();
        readers.Dispose();
        checkpoints.Dispose();
        // The last connection to close copies the rest of the log into the file and removes the log.
        writer.Dispose();
        folderLock.Dispose();
    }

    /// <summary>Creates the folder for its owner only: anyone who can read it can spend what is in it.</summary>
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void CheckDurability(SqliteSession session)
    {
        const string full = "2";
        if (session.Pragma("journal_mode") != "wal" || session.Pragma("synchronous") != full)
            throw new StorageException(StorageFault.Unavailable, "The database does not run with journal_mode=WAL and synchronous=FULL.");
        if (SqliteMigrations.Current(session) != SqliteMigrations.Newest)
            throw new StorageException(StorageFault.Unavailable, "The database's schema is not the one that this program knows.");
    }

    private void RepairWriter()
    {
        if (!writerIsBroken)
            return;
        writer.Dispose();
        writer = SqliteSession.OpenWriter(path);
        writerIsBroken = false;
    }

    private ValueTask<IRows<TRow>> RowsAsync<TRow>(
        long siteId, Selection selection, Func<ISqliteBatch<TRow>> newBatch, CancellationToken cancellationToken)
        where TRow : allows ref struct => selection.Extent switch
        {
            ReadExtent.Few => readers.ReadAsync(
                session => SqliteScans.ReadPage(session, siteId, selection, newBatch()), cancellationToken),
            ReadExtent.Scan => scans.ReadPageAsync(siteId, selection, newBatch(), cancellationToken),
            ReadExtent.Whole => scans.BeginListAsync(siteId, selection.Rows, newBatch, cancellationToken),
        };
}
