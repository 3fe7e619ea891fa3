namespace Scrip.Ledger.Certificates;

/// <summary>Whether a certificate can pay, and if it cannot, the first reason why.</summary>
public enum Usability
{
    Usable = 0,
    Inactive = 1,
    NotStarted = 2,
    Expired = 3,

    /// <summary>The balance is 0, possibly because the rest is held.</summary>
    Spent = 4,

    /// <summary>The balance is less than the wanted amount.</summary>
    Insufficient = 5,
}

public static class CertificateUsability
{
    /// <param name="amount">In minor units; null accepts any balance above 0.</param>
    public static Usability For(this Certificate certificate, long? amount, DateTimeOffset now) =>
        Of(certificate.IsActive, certificate.Terms.StartsAt, certificate.Terms.ExpiresAt, certificate.Balance, amount, now);

    public static Usability Of(
        bool isActive, DateTimeOffset? startsAt, DateTimeOffset? expiresAt, long balance, long? amount, DateTimeOffset now)
    {
        if (!isActive)
            return Usability.Inactive;
        if (startsAt > now)
            return Usability.NotStarted;
        if (expiresAt <= now)
            return Usability.Expired;
        if (balance == 0)
            return Usability.Spent;
        return amount > balance ? Usability.Insufficient : Usability.Usable;
    }
}
