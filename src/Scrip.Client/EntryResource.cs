using System.Text.Json;

namespace Scrip.Client;

/// <summary>An entry of the journal (docs/api/redemptions.md).</summary>
/// <param name="RedemptionId">Null for an entry that belongs to no redemption.</param>
/// <param name="Kind">What happened: <c>issued</c>, <c>captured</c> and so on.</param>
/// <param name="Amount">A decimal string with its sign as seen from the balance.</param>
/// <param name="BalanceAfter">The certificate's balance after the entry.</param>
/// <param name="Detail">What changed, before and after, or a reason; null for most kinds.</param>
/// <param name="Actor">The token, person or clock that caused the entry, such as <c>token:5</c>.</param>
public sealed record EntryResource(
    long Id,
    long CertificateId,
    long? RedemptionId,
    string Kind,
    string Amount,
    string BalanceAfter,
    string? Reference,
    JsonElement? Detail,
    string Actor,
    DateTimeOffset CreatedAt);
