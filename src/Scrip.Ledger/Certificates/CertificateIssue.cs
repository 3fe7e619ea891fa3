namespace Scrip.Ledger.Certificates;

/// <summary>Makes certificates and the journal of their beginning, once it is decided that they are to be.</summary>
internal static class CertificateIssue
{
    /// <summary>
    /// The issues take the next numbers of the journal. After them come the openings of those that were partly spent before they came here.
    /// </summary>
    /// <param name="batch">The batch to create; null for none.</param>
    public static Changes Of(IReadOnlyList<NewCertificate> items, LedgerState state, long actor, DateTimeOffset now, NewBatch? batch)
    {
        var firstId = state.LastCertificateId + 1;
        var firstEntryId = state.LastEntryId + 1;
        var nextEntryId = firstEntryId + items.Count;
        var created = new Certificate[items.Count];
        List<Entry>? openings = null;
        for (var index = 0; index < created.Length; index++)
        {
            var item = items[index];
            var issued = firstEntryId + index;
            var certificate = new Certificate
            {
                Id = firstId + index,
                Code = item.Code,
                IsActive = item.IsActive,
                FaceValue = item.FaceValue,
                IssuedValue = item.FaceValue,
                Spent = item.SpentBefore,
                Terms = item.Terms ?? CertificateTerms.Unlimited,
                Version = 1,
                IssuedEntryId = issued,
                LastEntryId = item.SpentBefore > 0 ? nextEntryId : issued,
                CreatedAt = now,
                CreatedBy = actor,
                UpdatedAt = now,
            };
            created[index] = certificate;
            if (item.SpentBefore == 0)
                continue;
            (openings ??= []).Add(new Entry(
                nextEntryId++,
                certificate.Id,
                PreviousId: issued,
                RedemptionId: 0,
                EntryKind.Opening,
                -item.SpentBefore,
                certificate.Balance,
                HeldAfter: 0,
                certificate.FaceValue,
                Detail: null,
                actor,
                now));
        }
        return new Changes
        {
            Created = created,
            Entries = openings ?? [],
            NewBatch = created.Length == 0 ? null : batch?.Of(created, state.LastBatchId + 1),
        };
    }
}
