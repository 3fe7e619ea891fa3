using System.Globalization;
using Scrip.Client;
using Scrip.Server.Hosting;

namespace Scrip.Server.Problems;

/// <summary>Creates problems by name, so that an endpoint reads as what it refuses.</summary>
internal static class ProblemFor
{
    public const string RetryLaterSeconds = "30";

    public static readonly string BodyTooSlow = string.Create(
        CultureInfo.InvariantCulture,
        $"The body arrived at less than {SlowClients.MinBytesPerSecond} bytes a second; nothing was stored.");

    public static ProblemResult Invalid(string detail) => new(ProblemType.InvalidRequest, detail);

    public static ProblemResult Invalid(IReadOnlyList<ProblemError> errors, string detail = "Nothing was stored.") =>
        new(ProblemType.InvalidRequest, detail, errors);

    public static ProblemResult NoSuchCertificate(string id, string? traceId = null) =>
        new(ProblemType.NotFound, $"Certificate {id} was not found.", traceId: traceId);

    public static ProblemResult TooLarge(string detail) => new(ProblemType.TooLarge, detail);

    public static ProblemResult TooManyItems(int most) =>
        TooLarge(string.Create(CultureInfo.InvariantCulture, $"A call may have at most {most} items; nothing was stored."));

    public static ProblemResult InsufficientBalance(string available, string? traceId) =>
        new(ProblemType.InsufficientBalance, $"{available} is available; nothing was stored.", traceId: traceId) { Available = available };

    /// <param name="reason">A sentence about the site.</param>
    public static ProblemResult SiteUnavailable(string reason) =>
        new(ProblemType.Unavailable, $"This server cannot serve the site: {reason} Nothing was stored.");

    public static ProblemResult KeyReused() =>
        new(
            ProblemType.IdempotencyKeyReused,
            "The same Idempotency-Key was used for a different request. Nothing was stored.");
}
