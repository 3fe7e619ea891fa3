namespace Scrip.Server.Problems;

/// <summary>The kinds of errors that the server returns. docs/api/problems.md has the same list.</summary>
internal sealed record ProblemType(string Name, int Status, string Title)
{
    public static readonly ProblemType InvalidRequest = new("invalid-request", 400, "The request is invalid.");
    public static readonly ProblemType Unauthorized = new("unauthorized", 401, "A valid API token is required.");
    public static readonly ProblemType Forbidden = new("forbidden", 403, "The token does not allow this call.");
    public static readonly ProblemType NotFound = new("not-found", 404, "Not found.");
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "The method is not allowed here.");
    public static readonly ProblemType RequestTimeout = new("request-timeout", 408, "The request arrived too slowly.");
    public static readonly ProblemType Conflict = new("conflict", 409, "The request conflicts with what is stored.");
    public static readonly ProblemType DuplicateReference =
        new("duplicate-reference", 409, "The certificate already has a redemption with this reference.");
    public static readonly ProblemType Inactive = new("inactive", 409, "The certificate is not active.");
    public static readonly ProblemType NotStarted = new("not-started", 409, "The certificate cannot be spent yet.");
    public static readonly ProblemType Expired = new("expired", 409, "The certificate has expired.");
    public static readonly ProblemType Spent = new("spent", 409, "The certificate has no balance left.");
    public static readonly ProblemType HoldEnded = new("hold-ended", 409, "The hold has ended.");
    public static readonly ProblemType InsufficientBalance = new("insufficient-balance", 409, "Insufficient balance.");
    public static readonly ProblemType PreconditionFailed = new("precondition-failed", 412, "The certificate has changed.");
    public static readonly ProblemType TooLarge = new("too-large", 413, "The request is larger than the limit.");
    public static readonly ProblemType UriTooLong = new("uri-too-long", 414, "The address is too long.");
    public static readonly ProblemType UnsupportedMediaType =
        new("unsupported-media-type", 415, "The media type of the body is not supported.");
    public static readonly ProblemType IdempotencyKeyReused =
        new("idempotency-key-reused", 422, "The idempotency key was used for another request.");
    public static readonly ProblemType RateLimited = new("rate-limited", 429, "Too many requests.");
    public static readonly ProblemType HeadersTooLarge = new("headers-too-large", 431, "The headers are too large.");
    public static readonly ProblemType InternalError = new("internal-error", 500, "Internal server error.");
    public static readonly ProblemType Unavailable = new("unavailable", 503, "The service is temporarily unavailable.");
    public static readonly ProblemType HttpVersionNotSupported =
        new("http-version-not-supported", 505, "The HTTP version is not supported.");
    public static readonly ProblemType DiskFull = new("disk-full", 507, "The server's disk is full.");

    public static readonly IReadOnlyList<ProblemType> All =
    [
        InvalidRequest, Unauthorized, Forbidden, NotFound, MethodNotAllowed, RequestTimeout,
        // The first type with a status is used when only the status is known.
        Conflict, DuplicateReference, Inactive, NotStarted, Expired, Spent, HoldEnded, InsufficientBalance,
        PreconditionFailed, TooLarge, UriTooLong, UnsupportedMediaType, IdempotencyKeyReused, RateLimited, HeadersTooLarge, InternalError,
        Unavailable, HttpVersionNotSupported, DiskFull,
    ];

    public string Uri => $"/problems/{Name}";

    /// <summary>Returns the type for a status without a body, for example from the framework.</summary>
    public static ProblemType For(int status) =>
        All.FirstOrDefault(type => type.Status == status) ?? (status >= 500 ? InternalError : InvalidRequest);
}
