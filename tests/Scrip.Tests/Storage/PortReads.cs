using System.Reflection;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Storage;

namespace Scrip.Tests.Storage;

/// <summary>Calls each read of the port, from its first row to its last; each throws if nothing was read.</summary>
internal static class PortReads
{
    private const long DefaultSite = Site.DefaultId;

    /// <summary>A time after all holds of <see cref="ReadsOverSlowConnectionsTests"/> have run out.</summary>
    private static readonly DateTimeOffset Later = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The reads by their signatures, see <see cref="NameOf"/>.</summary>
    public static IReadOnlyDictionary<string, Func<IStore, Task>> All { get; } = new Dictionary<string, Func<IStore, Task>>
    {
        ["IStore.FindAsync(Int64, Int64)"] = async store => Found(await store.FindAsync(DefaultSite, 1, None) is not null),
        ["IStore.QueryAsync(Int64, CertificateQuery)"] = async store =>
        {
            await WalkAsync(await store.QueryAsync(DefaultSite, CertificateQuery.Everything, None));
            await WalkAsync(await store.QueryAsync(DefaultSite, CertificateQuery.Everything with { AllAttributes = true }, None));
            await WalkAsync(await store.QueryAsync(DefaultSite, CertificateQuery.Everything with { AllAttributes = true, WithBatch = true }, None));
        },
        ["IStore.QueryAsync(Int64, RedemptionQuery)"] = async store => await WalkAsync(await store.QueryAsync(DefaultSite, new RedemptionQuery(), None)),
        ["IStore.QueryAsync(Int64, EntryQuery)"] = async store => await WalkAsync(await store.QueryAsync(DefaultSite, new EntryQuery(), None)),
        ["IStore.QueryAsync(Int64, BatchQuery)"] = async store => await WalkAsync(await store.QueryAsync(DefaultSite, new BatchQuery(), None)),
        ["IStore.FindBatchAsync(Int64, Int64)"] = async store => Found(await store.FindBatchAsync(DefaultSite, 1, None) is not null),
        ["IStore.FindBatchOfAsync(Int64, Int64)"] = async store => Found(await store.FindBatchOfAsync(DefaultSite, 1, None) is not null),
        ["IStore.ReadLastBatchIdAsync(Int64)"] = async store => Found(await store.ReadLastBatchIdAsync(DefaultSite, None) > 0),
        ["IStore.CountAsync(Int64, CertificateQuery)"] = async store =>
        {
            Found(await store.CountAsync(DefaultSite, CertificateQuery.Everything, None) > 0);
            Found(await store.CountAsync(DefaultSite, new CertificateQuery { IsActive = true }, None) > 0);
        },
        ["IStore.CountAsync(Int64, RedemptionQuery)"] = async store => Found(await store.CountAsync(DefaultSite, new RedemptionQuery(), None) > 0),
        ["IStore.CountAsync(Int64, EntryQuery)"] = async store => Found(await store.CountAsync(DefaultSite, new EntryQuery(), None) > 0),
        ["IStore.HasRecordAsync(Int64, Int64, IdempotencyKey)"] = async store =>
            Found(!await store.HasRecordAsync(DefaultSite, Actors.Operator, IdempotencyKey.FromStored("no such key"), None)),
        ["IStore.HasOverdueHoldsAsync(Int64, DateTimeOffset)"] = async store => Found(await store.HasOverdueHoldsAsync(DefaultSite, Later, None)),
        ["IStore.ReadOverdueHoldsAsync(Int64, DateTimeOffset, Int32)"] = async store =>
        {
            var overdue = await store.ReadOverdueHoldsAsync(DefaultSite, Later, 20_000, None);
            Found(overdue.Redemptions.Count > 0 && overdue.Certificates.Count > 0);
        },
        ["IStore.ReadSitesWithOverdueHoldsAsync(DateTimeOffset)"] = async store =>
            Found((await store.ReadSitesWithOverdueHoldsAsync(Later, None)).Count > 0),
        ["IStore.ReadNewestEntryAtAsync()"] = async store => Found(await store.ReadNewestEntryAtAsync(None) > DateTimeOffset.UnixEpoch),
        ["IStore.ReadLastEntryIdAsync(Int64)"] = async store => Found(await store.ReadLastEntryIdAsync(DefaultSite, None) > 0),
        ["IStore.ReadAccessVersionAsync()"] = async store => Found(await store.ReadAccessVersionAsync(None) > 0),
        ["ILedgerWriter.FindServerAsync(Int64)"] = async store => Found(await store.FindServerAsync(DefaultSite, None) == 0),
        ["ILedgerReader.ReadAccessAsync()"] = async store =>
        {
            var access = await store.ReadAccessAsync(None);
            Found(access.Sites.Count > 1 && access.Tokens.Count > 1);
        },
        ["ILedgerReader.OpenSnapshotAsync(Int64)"] = store => InSnapshotAsync(store, _ => Task.CompletedTask),
        ["ILedgerSnapshot.ReadCountersAsync()"] = store => InSnapshotAsync(
            store, async snapshot => Found((await snapshot.ReadCountersAsync(None)).LastCertificateId > 0)),
        ["ILedgerSnapshot.ReadCertificatesAsync()"] = store => InSnapshotAsync(
            store, async snapshot => await WalkAsync(await snapshot.ReadCertificatesAsync(None))),
        ["ILedgerSnapshot.ReadBatchesAsync()"] = store => InSnapshotAsync(
            store, async snapshot => await WalkAsync(await snapshot.ReadBatchesAsync(None))),
        ["ILedgerSnapshot.ReadEntriesAsync()"] = store => InSnapshotAsync(
            store, async snapshot => await WalkAsync(await snapshot.ReadEntriesAsync(None))),
        ["ILedgerSnapshot.ReadRedemptionsAsync()"] = store => InSnapshotAsync(
            store, async snapshot => await WalkAsync(await snapshot.ReadRedemptionsAsync(None))),
        ["ILedgerSnapshot.ReadFoldedCodesAsync()"] = store => InSnapshotAsync(
            store, async snapshot => await WalkAsync(await snapshot.ReadFoldedCodesAsync(None))),
    };

    /// <summary>The names of all asynchronous methods of the port.</summary>
    public static IEnumerable<string> NamesInPort() =>
        new[] { typeof(IStore) }.Concat(typeof(IStore).GetInterfaces()).Append(typeof(ILedgerSnapshot))
            .Where(type => type.Assembly == typeof(IStore).Assembly)
            .SelectMany(type => type.GetMethods())
            .Where(method => method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(ValueTask<>))
            .Select(NameOf);

    private static CancellationToken None => CancellationToken.None;

    private static string NameOf(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name}"
        + $"({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType).Where(type => type != typeof(CancellationToken)).Select(type => type.Name))})";

    private static async Task InSnapshotAsync(IStore store, Func<ILedgerSnapshot, Task> read)
    {
        await using var snapshot = await store.OpenSnapshotAsync(DefaultSite, None);
        await read(snapshot);
    }

    private static async Task WalkAsync<TRow>(IRows<TRow> walked)
        where TRow : allows ref struct
    {
        var any = false;
        await using (var rows = walked)
        {
            while (await rows.ReadAsync(None))
                any = true;
        }
        Found(any);
    }

    private static void Found(bool found)
    {
        if (!found)
            throw new InvalidOperationException("Nothing was read.");
        if (!Thread.CurrentThread.IsThreadPoolThread)
            throw new InvalidOperationException("The caller continues on a thread that receives for sockets.");
    }
}
