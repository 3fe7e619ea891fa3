using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Scrip.Baselines.EfCore.Certificates;

/// <summary>The document's five calls, and a look-up by code.</summary>
internal static class CertificatesApi
{
    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/external/payment-certificate");
        group.MapGet("/", List);
        group.MapGet("/streamed/", Stream);
        group.MapGet("/{id:long}", GetOne);
        group.MapPut("/{id:long}", UpdateOne);
        group.MapPost("/bulk-create", BulkCreate);
        group.MapPut("/bulk-update", BulkUpdate);
        group.MapPost("/check", Check);
    }

    private static Task<List<CertificateAnswer>> List(ShopContext shop, CancellationToken cancellationToken) =>
        All(shop).ToListAsync(cancellationToken);

    /// <summary>The same without a list of all certificates in memory, for callers that expect many.</summary>
    private static IAsyncEnumerable<CertificateAnswer> Stream(ShopContext shop) => All(shop).AsAsyncEnumerable();

    private static IQueryable<CertificateAnswer> All(ShopContext shop) =>
        shop.Certificates.AsNoTracking().OrderBy(certificate => certificate.Id)
            .Select(certificate => new CertificateAnswer(certificate.Id, certificate.Code, certificate.IsActive, certificate.Value));

    private static async Task<Results<Ok<CertificateAnswer>, NotFound>> GetOne(
        long id, ShopContext shop, CancellationToken cancellationToken)
    {
        var certificate = await shop.Certificates.AsNoTracking()
            .FirstOrDefaultAsync(certificate => certificate.Id == id, cancellationToken);
        return certificate is null ? TypedResults.NotFound() : TypedResults.Ok(CertificateAnswer.Of(certificate));
    }

    private static async Task<Results<Ok<CertificateAnswer>, NotFound, BadRequest, Conflict>> UpdateOne(
        long id, CertificateBody body, ShopContext shop, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!body.IsValid)
            return TypedResults.BadRequest();
        var certificate = await shop.Certificates.FirstOrDefaultAsync(certificate => certificate.Id == id, cancellationToken);
        if (certificate is null)
            return TypedResults.NotFound();
        Change(certificate, body, time);
        return await shop.TrySaveAsync(cancellationToken)
            ? TypedResults.Ok(CertificateAnswer.Of(certificate))
            : TypedResults.Conflict();
    }

    private static async Task<Results<Created<IEnumerable<CertificateAnswer>>, BadRequest, Conflict>> BulkCreate(
        List<CertificateBody> bodies, ShopContext shop, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!bodies.TrueForAll(body => body.IsValid) || bodies.DistinctBy(body => body.Code).Count() < bodies.Count)
            return TypedResults.BadRequest();
        var now = time.GetUtcNow().UtcDateTime;
        var certificates = bodies.ConvertAll(body => new Certificate
        {
            Code = body.Code,
            IsActive = body.IsActive ?? true,
            Value = body.Value ?? 0,
            UpdatedAt = now,
        });
        shop.AddRange(certificates);
        return await shop.TrySaveAsync(cancellationToken)
            ? TypedResults.Created((string?)null, certificates.Select(CertificateAnswer.Of))
            : TypedResults.Conflict();
    }

    private static async Task<Results<Ok<IEnumerable<CertificateAnswer>>, NotFound, BadRequest, Conflict>> BulkUpdate(
        List<ChangeBody> bodies, ShopContext shop, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!bodies.TrueForAll(body => body.IsValid) || bodies.DistinctBy(body => body.Id).Count() < bodies.Count)
            return TypedResults.BadRequest();
        var ids = bodies.ConvertAll(body => body.Id);
        // As a single parameter: a hundred thousand parameters would exceed the limit of a statement.
        var certificates = await shop.Certificates.Where(certificate => EF.Parameter(ids).Contains(certificate.Id))
            .ToDictionaryAsync(certificate => certificate.Id, cancellationToken);
        if (certificates.Count < ids.Count)
            return TypedResults.NotFound();
        foreach (var body in bodies)
            Change(certificates[body.Id], body, time);
        return await shop.TrySaveAsync(cancellationToken)
            ? TypedResults.Ok(ids.Select(id => CertificateAnswer.Of(certificates[id])))
            : TypedResults.Conflict();
    }

    private static async Task<Results<Ok<CheckAnswer>, NotFound>> Check(
        CheckBody body, ShopContext shop, CancellationToken cancellationToken)
    {
        var certificate = await shop.Certificates.AsNoTracking()
            .FirstOrDefaultAsync(certificate => certificate.Code == body.Code, cancellationToken);
        if (certificate is null)
            return TypedResults.NotFound();
        var isUsable = certificate.IsActive && certificate.Balance > 0;
        return TypedResults.Ok(new CheckAnswer(
            certificate.Id, certificate.Code, certificate.IsActive, certificate.Value, Amounts.Text(certificate.Balance), isUsable));
    }

    private static void Change(Certificate certificate, CertificateBody body, TimeProvider time)
    {
        certificate.Code = body.Code;
        certificate.IsActive = body.IsActive ?? certificate.IsActive;
        certificate.Value = body.Value ?? certificate.Value;
        certificate.UpdatedAt = time.GetUtcNow().UtcDateTime;
    }
}
