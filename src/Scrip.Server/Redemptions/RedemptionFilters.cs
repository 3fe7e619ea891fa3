using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Storage;

namespace Scrip.Server.Redemptions;

/// <summary>Which redemptions a list call asks for.</summary>
/// <param name="Query">Without the code.</param>
/// <param name="Code">Of their certificate, exactly; null for any.</param>
internal sealed record RedemptionFilters(RedemptionQuery Query, string? Code)
{
    public static readonly string[] Parameters =
    [
        .. ListRequest.Parameters,
        "certificate_id", "code", "reference", "state", "created_after", "created_before",
    ];

    /// <summary>Whether a redemption is taken or left by whether its hold has run out.</summary>
    public bool IsByWhetherHeld => Query.State is RedemptionState.Held or RedemptionState.Expired;

    public static RedemptionFilters Read(QueryParameters query, RequestErrors errors)
    {
        var stateName = query.Text("state");
        var state = stateName is null ? null : RedemptionJson.StateNamed(stateName);
        if (stateName is not null && state is null)
            errors.Add("?state", ErrorCodes.UnknownValue, $"Known are {string.Join(", ", RedemptionJson.StateNames)}.");
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

    /// <summary>The certificate with <see cref="Code"/>; null if the site has none. A redemption knows its certificate by the id.</summary>
    public async ValueTask<long?> FindCertificateAsync(IStore store, long siteId, CancellationToken cancellationToken)
    {
        await using var rows = await store.QueryAsync(siteId, new CertificateQuery { Code = Code, Take = 1 }, cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? rows.Current.Id : null;
    }

    /// <summary>The filters, with <see cref="Code"/> replaced by the certificate that has it.</summary>
    /// <param name="certificateId">Null matches no redemption.</param>
    public RedemptionQuery OfCertificate(long? certificateId)
    {
        // No redemption has this id.
        const long none = 0;
        var isAnother = Query.CertificateId is { } given && given != certificateId;
        return Query with { CertificateId = isAnother ? none : certificateId ?? none };
    }
}
