using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scrip.Server.Certificates;
using Scrip.Server.Entries;
using Scrip.Server.Health;
using Scrip.Server.Redemptions;
using Scrip.Server.Reports;
using Scrip.Server.Sites;
using Scrip.Server.Tokens;

namespace Scrip.Server.OpenApi;

/// <summary>The parts of the description that belong to no single call.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    private const string ApiPrefix = "/external/";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = Info();
        // The addresses are relative to where the description came from; what this machine calls itself is nobody's business.
        document.Servers = null;
        document.Tags =
            new HashSet<OpenApiTag>
            {
                CertificateOperations.Tag, RedemptionOperations.Tag, EntryOperations.Tag, LiabilityOperations.Tag, TokenOperations.Tag,
                SiteOperations.Tag, HealthOperations.Tag,
            };
        document.Paths = WithLastSlash(document.Paths);
        AddComponents(document);
        return Task.CompletedTask;
    }

    private static OpenApiInfo Info() => new()
    {
        Title = "Scrip",
        Version = typeof(DocumentTransformer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        Description =
            """
            Scrip keeps the payment certificates of an online shop: codes with a face value that pay for an order.

            - Paths work with and without the last slash.
            - `HEAD` works wherever `GET` does, and answers the same without the body.
            - Requests are read strictly: an unknown or repeated member, or an unknown query parameter, is an error.
            - An update keeps what the request leaves out.
            - A bulk call stores everything or nothing.
            - Every error is `application/problem+json` (RFC 9457). A method that a path does not have gets 405.
            """,
    };

    /// <summary>As the document writes its addresses; they work without it too.</summary>
    private static OpenApiPaths WithLastSlash(OpenApiPaths paths)
    {
        var slashed = new OpenApiPaths();
        foreach (var (path, item) in paths)
            slashed.Add(path.StartsWith(ApiPrefix, StringComparison.Ordinal) && !path.EndsWith('/') ? path + '/' : path, item);
        return slashed;
    }

    private static void AddComponents(OpenApiDocument document)
    {
        var schemas = CertificateSchemas.All().Concat(RedemptionSchemas.All()).Concat(EntryOperations.Schema())
            .Concat(LiabilityOperations.Schema()).Concat(AccessSchemas.All()).Concat(ProblemSchemas.All());
        foreach (var (name, schema) in schemas)
            document.AddComponent(name, schema);
        foreach (var (name, header) in ApiHeaders.All())
            document.AddComponent(name, header);
        foreach (var answer in SharedAnswers.All)
            document.AddComponent(answer.SharedAs!, (IOpenApiResponse)OperationTransformer.ToResponse(answer, document));
        foreach (var (name, scheme) in SecuritySchemes.All())
            document.AddComponent(name, scheme);
    }
}
