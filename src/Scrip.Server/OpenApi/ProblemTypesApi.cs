using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scrip.Server.Auth;
using Scrip.Server.Problems;

namespace Scrip.Server.OpenApi;

/// <summary>The address of a problem type. Opening it returns a line that explains the problem (RFC 9457, 3.1.1).</summary>
public static class ProblemTypesApi
{
    public static void MapProblemTypes(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/problems/{name}", Describe).OpenToAll();

    private static IResult Describe(string name) => ProblemType.All.FirstOrDefault(type => type.Name == name) is { } known
        ? Results.Text($"{known.Status} {known.Title}\n", "text/plain", Encoding.UTF8)
        : new ProblemResult(ProblemType.NotFound, "The problem type was not found.");
}
