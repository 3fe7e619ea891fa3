using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

/// <summary>The description of the API: complete, well-formed, and changed only on purpose.</summary>
public sealed class OpenApiTests
{
    private const string Accept = "SCRIP_TEST_ACCEPT";
    private const string Snapshot = "tests/Scrip.Tests/Http/openapi.v1.json";

    [Fact]
    public async Task The_description_is_the_accepted_one()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var described = await scrip.Client.GetStringAsync(OpenApiDescription.Path) + "\n";
        var file = SourceTree.PathOf(Snapshot);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            await File.WriteAllTextAsync(file, described);

        var accepted = await File.ReadAllLinesAsync(file);
        var lines = described.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var differs = Enumerable.Range(0, Math.Max(lines.Length, accepted.Length))
            .FirstOrDefault(at => lines.ElementAtOrDefault(at) != accepted.ElementAtOrDefault(at), -1);
        Assert.True(
            differs < 0,
            $"""
            The description of the API is not the accepted one. First difference, in line {differs + 1} of {Snapshot}:
              accepted: {accepted.ElementAtOrDefault(differs)}
              now:      {lines.ElementAtOrDefault(differs)}
            If the change is meant, run this test with {Accept}=1 and commit the file.
            """);
    }

    [Fact]
    public async Task The_description_is_not_sent_again_to_a_caller_who_has_it()
    {
        await using var scrip = await ScripApplication.StartAsync();
        using var anonymous = scrip.ClientWithoutToken();
        var first = await anonymous.FetchAsync(OpenApiDescription.Path);
        var tag = first.Header("ETag");

        Assert.Matches("^\"[0-9a-f]{32}\"$", tag);
        Assert.Equal("no-cache", first.Header("Cache-Control"));
        (await anonymous.FetchAsync(OpenApiDescription.Path, ("If-None-Match", tag!))).Expect(304, "");
        (await anonymous.FetchAsync(OpenApiDescription.Path, ("If-None-Match", $"\"other\", W/{tag}"))).Expect(304, "");
        (await anonymous.FetchAsync(OpenApiDescription.Path, ("If-None-Match", "\"other\""))).Expect(200, first.Body);
        var head = await anonymous.CallAsync("HEAD", OpenApiDescription.Path, null);
        Assert.Equal((200, "", tag), (head.Status, head.Body, head.Header("ETag")));
    }

    [Fact]
    public async Task The_description_is_made_once()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var description = scrip.Services.GetRequiredService<DescriptionDocument>();

        var first = await description.ReadAsync();
        await scrip.Client.FetchAsync(OpenApiDescription.Path);

        Assert.Same(first, await description.ReadAsync());
    }

    [Fact]
    public async Task A_reader_of_OpenAPI_3_1_finds_no_error_in_it()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var (document, diagnostic) = OpenApiDocument.Parse(await scrip.Client.GetStringAsync(OpenApiDescription.Path), OpenApiConstants.Json);

        Assert.NotNull(document);
        Assert.NotNull(diagnostic);
        Assert.Empty(diagnostic.Errors);
        Assert.Empty(diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic.SpecificationVersion);
    }

    [Fact]
    public async Task Every_mapped_endpoint_is_described_and_every_described_operation_is_mapped()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var endpoints = scrip.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        var description = await OpenApiDescription.ReadAsync(scrip);

        var mapped = endpoints.Where(endpoint => !IsExcluded(endpoint)).SelectMany(CallsOf);
        var described = description.Operations.Select(operation => $"{operation.Method} {operation.Path.TrimEnd('/')}");
        Assert.Equal(mapped.Order(), described.Order());

        // What is left out of the description is left out here by name, so that nothing is by accident.
        Assert.Equal(
            [
                "* /external/payment-certificate/bulk-create",
                "* /external/payment-certificate/bulk-update",
                "* /external/payment-certificate/bulk-write-off",
                "* /external/payment-certificate/check",
                "* /external/payment-certificate/entry",
                "* /external/payment-certificate/liability",
                "* /external/payment-certificate/redemption",
                "GET /openapi/v1.json",
                "GET /problems/{name}",
            ],
            endpoints.Where(IsExcluded).SelectMany(CallsOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_says_what_it_is_and_has_a_name_of_its_own()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var description = await OpenApiDescription.ReadAsync(scrip);

        Assert.Equal(description.Operations.Count, description.Operations.Select(operation => operation.Id).Distinct().Count());
        Assert.All(description.Operations, operation =>
        {
            Assert.NotEmpty((string)operation.Node["summary"]!);
            Assert.NotEmpty((string)operation.Node["description"]!);
            Assert.NotEmpty((string)operation.Node["tags"]![0]!);
        });
    }

    [Fact]
    public async Task Every_described_error_is_in_the_catalogue_of_problems()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var description = await OpenApiDescription.ReadAsync(scrip);

        foreach (var answer in description.Operations.SelectMany(operation => operation.Answers).Where(answer => answer.Status >= 400))
        {
            Assert.Equal(ProblemResult.ContentType, answer.ContentType);
            var type = ProblemType.All.SingleOrDefault(known => known.Uri == (string)answer.Example!["type"]!);
            Assert.True(type is not null, $"{answer} is no problem of the catalogue.");
            Assert.Equal(answer.Status, type.Status);
            Assert.Equal(type.Title, (string)answer.Example!["title"]!);
            Assert.Equal(type.Status, (int)answer.Example["status"]!);
            Assert.All(
                answer.Example["errors"]?.AsArray() ?? [],
                error => Assert.Contains((string)error!["code"]!, ErrorCodes.All));
        }
    }

    [Fact]
    public async Task The_limits_in_it_are_those_of_this_server()
    {
        await using var scrip = await ScripApplication.StartAsync(("MaxBulkItems", "10"), ("MaxBulkBytes", "2048"));
        var body = (await OpenApiDescription.ReadAsync(scrip))["createCertificates"].Node["requestBody"]!;

        Assert.Equal("At most 10 items in 2048 bytes.", (string)body["description"]!);
        Assert.Equal(10, (int)body["content"]!["application/json"]!["schema"]!["maxItems"]!);
    }

    [Fact]
    public async Task It_names_no_machine()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var text = await scrip.Client.GetStringAsync(OpenApiDescription.Path);

        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", text, StringComparison.Ordinal);
        Assert.Null(JsonNode.Parse(text)!["servers"]);
    }

    private static bool IsExcluded(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription == true
        || endpoint.Metadata.GetMetadata<ISuppressMatchingMetadata>()?.SuppressMatching == true;

    private static IEnumerable<string> CallsOf(RouteEndpoint endpoint) =>
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]
        // HEAD goes with every GET, and is described once for all of them.
        where method != "HEAD"
        select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}";
}
