using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage;

namespace Scrip.Server.Redemptions;

/// <summary>Which redemptions a list call selects.</summary>
/// <param name="Query">The filters, except for the code.</param>
/// <param name="Code">The exact code of their certificate; null for any.</param>
internal sealed record RedemptionFilters(RedemptionQuery Query, string? Code)
{
    public static readonly string[] Parameters =
    [
        .. ListRequest.Parameters,
        "certificate_id", "code", "reference", "state", "created_after", "created_before",
    ];

    /// <summary>Whether a hold that runs out changes which redemptions are returned.</summary>
    public bool IsByWhetherHeld => Query.State is RedemptionState.Held or RedemptionState.Expired;

    public static RedemptionFilters Read(QueryParameters query, RequestErrors errors)
    {
        var stateName = query.Text("state");
        var state = stateName is null ? null : RedemptionJson.StateNamed(stateName);
        if (stateName is not null && state is null)
            errors.Add("?state", ErrorCodes.UnknownValue, $"Known values: {string.Join(", ", RedemptionJson.StateNames)}.");
        return new RedemptionFilters(
            new RedemptionQuery
            {
                CertificateId = query.Integer("certificate_id", 1, long.MaxValue),
                Reference = query.SearchText("reference", Redemption.MaxReferenceLength),
                State = state,
                CreatedAfter = query.Instant("created_after"),
                CreatedBefore = query.Instant("created_before"),
            },
            query.SearchText("code", CertificateCode.MaxCharacters));
    }

    /// <summary>
    /// Finds the certificate with <see cref="Code"/>; null if the site has none. Redemptions only store the certificate's id.
    /// </summary>
    public async ValueTask<long?> FindCertificateAsync(IStore store, long siteId, CancellationToken cancellationToken)
    {
        await using var rows = await store.QueryAsync(siteId, new CertificateQuery { Code = Code, Take = 1 }, cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? rows.Current.Id : null;
    }

    /// <summary>Returns the filters with <see cref="Code"/> replaced by the id of its certificate.</summary>
    /// <param name="certificateId">Null matches no redemption.</param>
    public RedemptionQuery OfCertificate(long? certificateId)
    {
        // No redemption has this id.
        const long none = 0;
        var isAnother = Query.CertificateId is { } given && given != certificateId;
        return Query with { CertificateId = isAnother ? none : certificateId ?? none };
    }
}
