using Scrip.Ledger;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage;

/// <summary>
/// What a transaction reads and locks for a footprint: everything, or everything except what is presumed new. Idempotency keys, references
/// of payments and codes of new certificates nearly always are new. If one is not, its unique key refuses the write and with it the
/// transaction. A decision that writes nothing lacks this check, so it is only valid if everything was looked up
/// (docs/decisions/0020-presumed-new.md).
/// </summary>
public sealed class GroupLookup(Footprint footprint, bool presumesNew = false)
{
    public static GroupLookup Nothing => new(new Footprint());

    public Footprint Footprint => footprint;

    /// <summary>Whether the unique keys may refuse what was not looked up.</summary>
    public bool PresumesNew => presumesNew;

    /// <summary>Whether anything of this footprint was presumed new.</summary>
    public bool HasPresumed =>
        (MayPresume && footprint.Keys.Count > 0)
        || (PresumesReferencesNew && footprint.PaymentsByCode.Count + footprint.PaymentsById.Count > 0)
        || (PresumesCodesNew && HasIssues);

    public IReadOnlyCollection<(long Actor, IdempotencyKey Key)> Keys => MayPresume ? [] : footprint.Keys;

    /// <inheritdoc cref="Footprint.PaymentsByCode"/>
    public IReadOnlyCollection<(string FoldedCode, string Reference)> PaymentsByCode =>
        PresumesReferencesNew ? [] : footprint.PaymentsByCode;

    /// <summary>
    /// Payments of certificates that the footprint names. The live redemption with the same reference is needed. Besides payments that name
    /// an id, these are payments by a code that a change in the same group gives to a certificate: no look-up by code finds such a
    /// certificate yet.
    /// </summary>
    public IReadOnlyCollection<(long CertificateId, string Reference)> PaymentsById =>
        PresumesReferencesNew ? []
        : !HasChanges || footprint.PaymentsByCode.Count == 0 ? footprint.PaymentsById
        : [.. footprint.PaymentsById.Union(PaymentsWithComingCodes())];

    /// <summary>Codes whose holders are needed, as long as no certificate has been loaded.</summary>
    public IReadOnlyCollection<CertificateCode> Codes =>
        CodesWith(footprint.Certificates.Values.Where(code => code != default));

    private bool HasChanges => footprint.Changes.Count > 0;
    private bool HasIssues => footprint.Issues.Count > 0;

    /// <summary>
    /// False for changes of sites and tokens: they are so rare that another look-up costs less than a refused transaction.
    /// </summary>
    private bool MayPresume => presumesNew && !footprint.Access;

    /// <summary>
    /// A unique key sees only the final state: it would miss that a reference is released only after the payment that needs it.
    /// </summary>
    private bool PresumesReferencesNew => MayPresume && footprint.RedemptionIds.Count == 0;

    /// <summary>A unique key sees only the final state: it would miss that a code is given up only after the issue that needs it.</summary>
    private bool PresumesCodesNew => MayPresume && !HasChanges;

    /// <summary>
    /// The codes whose holders are needed once the certificates are loaded. Most changes keep the code, and then its holder does not
    /// matter. A certificate that is missing from the loaded ones may be created in the same group before it is changed.
    /// </summary>
    public IReadOnlyCollection<CertificateCode> CodesBeside(IReadOnlyCollection<Certificate> loaded)
    {
        var renamed =
            from certificate in loaded
            let code = footprint.Certificates.GetValueOrDefault(certificate.Id)
            where code != default && code != certificate.Code
            select code;
        if (!HasIssues || !HasChanges)
            return CodesWith(renamed);
        var known = loaded.Select(certificate => certificate.Id).ToHashSet();
        return CodesWith(renamed.Concat(
            footprint.Certificates.Where(named => named.Value != default && !known.Contains(named.Key)).Select(named => named.Value)));
    }

    private HashSet<CertificateCode> CodesWith(IEnumerable<CertificateCode> others)
    {
        if (!HasChanges && (!HasIssues || PresumesCodesNew))
            return [];
        var wanted = new HashSet<CertificateCode>(footprint.FurtherCodes);
        if (HasChanges)
            wanted.UnionWith(others);
        if (PresumesCodesNew)
            return wanted;
        wanted.EnsureCapacity(wanted.Count + footprint.Issues.Sum(items => items.Count));
        foreach (var items in footprint.Issues)
            wanted.UnionWith(items.Select(item => item.Code));
        return wanted;
    }

    private IEnumerable<(long CertificateId, string Reference)> PaymentsWithComingCodes()
    {
        var references = footprint.PaymentsByCode.ToLookup(payment => payment.FoldedCode, payment => payment.Reference);
        return
            from change in footprint.Changes.SelectMany(items => items)
            where change.Code is not null
            from reference in references[change.Code.GetValueOrDefault().Folded]
            select (change.Id, reference);
    }
}
