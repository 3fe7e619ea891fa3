namespace Scrip.Client;

/// <summary>An error in the form of RFC 9457.</summary>
/// <param name="Type">A URI such as <c>/problems/invalid-request</c>; docs/api/problems.md lists them.</param>
/// <param name="Available">The available amount as a decimal string, with <c>/problems/insufficient-balance</c>.</param>
/// <param name="RedemptionId">The redemption that has the reference, with <c>/problems/duplicate-reference</c>.</param>
/// <param name="TraceId">Finds the request in the server's log. Absent from a 401, whose body is the same for every reason.</param>
public sealed record Problem(
    string Type, string Title, int Status, string? Detail = null, IReadOnlyList<ProblemError>? Errors = null, string? Available = null,
    long? RedemptionId = null, string? TraceId = null);

/// <param name="Pointer">A JSON Pointer (RFC 6901) into the request's body, or <c>?name</c> for a query parameter.</param>
/// <param name="Code">For programs; docs/api/problems.md lists the codes.</param>
/// <param name="Detail">For people.</param>
public sealed record ProblemError(string Pointer, string Code, string Detail);
