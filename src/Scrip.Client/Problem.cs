namespace Scrip.Client;

/// <summary>An error as RFC 9457 shapes it.</summary>
/// <param name="Type">Such as <c>/problems/invalid-request</c>; docs/api/problems.md lists them.</param>
/// <param name="Available">Of <c>/problems/insufficient-balance</c>: how much there is, as a decimal string.</param>
/// <param name="RedemptionId">Of <c>/problems/duplicate-reference</c>: the redemption that has the reference.</param>
/// <param name="TraceId">To find the request in the server's log. Absent from a 401, whose body is the same whatever was wrong.</param>
public sealed record Problem(
    string Type, string Title, int Status, string? Detail = null, IReadOnlyList<ProblemError>? Errors = null, string? Available = null,
    long? RedemptionId = null, string? TraceId = null);

/// <param name="Pointer">A JSON Pointer (RFC 6901) into the request's body, or <c>?name</c> for a query parameter.</param>
/// <param name="Code">For programs; docs/api/problems.md lists them.</param>
/// <param name="Detail">For people.</param>
public sealed record ProblemError(string Pointer, string Code, string Detail);
