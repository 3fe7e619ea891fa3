using Scrip.Ledger;
using Scrip.Ledger.Access;

namespace Scrip.Storage;

/// <summary>
/// The port to a database. The contract of every adapter, held by the storage contract suite:
/// <list type="number">
/// <item>A transaction sees and locks everything its footprint names; what it writes is visible to others all at once, after
/// <see cref="ILedgerTransaction.Commit"/>, or never.</item>
/// <item>When Commit returns, the writes have been forced to the disk: they survive a kill of the process and a loss of power.</item>
/// <item>When Commit throws, nothing was written, or the fault is <see cref="StorageFault.OutcomeUnknown"/>.</item>
/// <item>Ids come from the site's counter inside the transaction: 1, 2, 3 … without gaps.</item>
/// <item>Reads see one committed state from their first row to their last, and neither wait for writes nor hold them up.</item>
/// <item>Everything is by site: no query, key or lock concerns two sites.</item>
/// </list>
/// </summary>
public interface IStore : IDisposable
{
    /// <summary>For people: the product, its version, its durability and where the data lies.</summary>
    string Description { get; }

    /// <summary>Begins a write. Called by one thread, which ends the transaction before it begins the next.</summary>
    ILedgerTransaction Begin(long siteId, Footprint footprint);

    /// <summary>The certificates of a query; dispose of them to give the reader back.</summary>
    ValueTask<ICertificateRows> QueryAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken);

    /// <summary>How many certificates the filters of a query match, whatever its page.</summary>
    ValueTask<long> CountAsync(long siteId, CertificateQuery query, CancellationToken cancellationToken);

    /// <summary>All sites and all tokens, revoked ones included.</summary>
    ValueTask<AccessContents> ReadAccessAsync(CancellationToken cancellationToken);

    /// <summary>Grows with every change of sites or tokens, by whichever server; cheap enough to ask all the time.</summary>
    ValueTask<long> ReadAccessVersionAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes and forces a row that means nothing, and checks what durability rests on. Called by the thread that writes. Throws when the
    /// store cannot take writes.
    /// </summary>
    void Probe(DateTimeOffset now);
}

/// <summary>One write transaction of one site. Disposing of it without a commit undoes it.</summary>
public interface ILedgerTransaction : IDisposable
{
    LedgerState State { get; }

    /// <summary>Writes what the state has gathered and makes it durable.</summary>
    void Commit();
}

public sealed record AccessContents(IReadOnlyList<Site> Sites, IReadOnlyList<ApiToken> Tokens);
