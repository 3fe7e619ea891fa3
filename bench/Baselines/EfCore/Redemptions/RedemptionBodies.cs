namespace Scrip.Baselines.EfCore.Redemptions;

internal sealed record RedemptionBody(long CertificateId, string Amount, string Reference);

internal sealed record RedemptionAnswer(
    long Id, long CertificateId, string Reference, string State, string Amount, string Balance, DateTime CreatedAt)
{
    public static RedemptionAnswer Of(Redemption redemption) => new(
        redemption.Id,
        redemption.CertificateId,
        redemption.Reference,
        "captured",
        Amounts.Text(redemption.Amount),
        Amounts.Text(redemption.BalanceAfter),
        redemption.CreatedAt);
}
