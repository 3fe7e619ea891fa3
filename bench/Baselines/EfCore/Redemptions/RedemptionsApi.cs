using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Scrip.Baselines.EfCore.Certificates;

namespace Scrip.Baselines.EfCore.Redemptions;

internal static class RedemptionsApi
{
    public static void MapRedemptions(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/external/payment-certificate/redemption", Redeem);

    /// <summary>
    /// Redeems in one transaction: it locks the certificate's row before it reads the balance, and looks the key up under that lock, so
    /// that two concurrent requests cannot both find enough, or both find the key unused.
    /// </summary>
    private static async Task<Results<Created<RedemptionAnswer>, NotFound, BadRequest, Conflict>> Redeem(
        RedemptionBody body,
        [FromHeader(Name = "Idempotency-Key")] string key,
        ShopContext shop,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (!Amounts.TryParse(body.Amount, out var amount))
            return TypedResults.BadRequest();
        await using var transaction = await shop.Database.BeginTransactionAsync(cancellationToken);
        var certificate = await shop.LockAsync(body.CertificateId, cancellationToken);
        if (certificate is null)
            return TypedResults.NotFound();
        var known = await shop.IdempotencyRecords.AsNoTracking().Include(record => record.Redemption)
            .FirstOrDefaultAsync(record => record.Key == key, cancellationToken);
        if (known is not null)
            return TypedResults.Created((string?)null, RedemptionAnswer.Of(known.Redemption));
        if (!certificate.IsActive || certificate.Balance < amount)
            return TypedResults.Conflict();

        certificate.Spent += amount;
        var redemption = new Redemption
        {
            CertificateId = certificate.Id,
            Reference = body.Reference,
            Amount = amount,
            BalanceAfter = certificate.Balance,
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        shop.Add(new IdempotencyRecord { Key = key, Redemption = redemption });
        if (!await shop.TrySaveAsync(cancellationToken))
            return TypedResults.Conflict();
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created((string?)null, RedemptionAnswer.Of(redemption));
    }

    /// <summary>On SQLite the transaction has already locked the whole database: Microsoft.Data.Sqlite begins it immediately.</summary>
    private static Task<Certificate?> LockAsync(this ShopContext shop, long id, CancellationToken cancellationToken)
    {
        var rows = shop.Database.IsNpgsql()
            ? shop.Certificates.FromSql($"select * from certificate where id = {id} for update")
            : shop.Certificates.Where(certificate => certificate.Id == id);
        return rows.SingleOrDefaultAsync(cancellationToken);
    }
}
