using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Scrip.Server;
using Scrip.Server.Auth;
using Scrip.Server.Problems;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http.OpenApi;

/// <summary>The description of the API: how it is served, and that it has every call with its scopes.</summary>
public sealed class OpenApiTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string File = "src/Scrip.Server/OpenApi/openapi.v1.json";

    [Fact]
    public async Task The_description_is_the_file_as_it_is()
    {
        var served = await scrip.Application.Client.FetchAsync(OpenApiDescription.Path);

        Assert.Equal(await System.IO.File.ReadAllTextAsync(SourceTree.PathOf(File)), served.Body);
        Assert.Equal("application/json; charset=utf-8", served.Header("Content-Type"));
    }

    [Fact]
    public async Task The_description_is_not_sent_again_to_a_caller_who_has_it()
    {
        using var anonymous = scrip.Application.ClientWithoutToken();
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
    public async Task A_reader_of_OpenAPI_3_1_finds_no_error_in_it()
    {
        var (document, diagnostic) = OpenApiDocument.Parse(
            await scrip.Application.Client.GetStringAsync(OpenApiDescription.Path), OpenApiConstants.Json);

        Assert.NotNull(document);
        Assert.NotNull(diagnostic);
        Assert.Empty(diagnostic.Errors);
        Assert.Empty(diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic.SpecificationVersion);
    }

    [Fact]
    public async Task Every_mapped_endpoint_is_described_and_every_described_operation_is_mapped()
    {
        var description = await OpenApiDescription.ReadAsync(scrip.Application);
        var mapped = Endpoints.SelectMany(CallsOf).ToList();
        var described = description.Operations.Select(CallOf).ToList();

        Assert.Equal(described.Count, described.Distinct().Count());
        Assert.Empty(described.Except(mapped));
        // Endpoints that the description omits are listed here by name, so that none is omitted by accident.
        Assert.Equal(
            [
                "* /external/payment-certificate/batch",
                "* /external/payment-certificate/bulk-create",
                "* /external/payment-certificate/bulk-update",
                "* /external/payment-certificate/bulk-write-off",
                "* /external/payment-certificate/check",
                "* /external/payment-certificate/entry",
                "* /external/payment-certificate/generate",
                "* /external/payment-certificate/import",
                "* /external/payment-certificate/liability",
                "* /external/payment-certificate/redemption",
                "GET /openapi/v1.json",
                "GET /problems/{name}",
            ],
            mapped.Except(described).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_scopes_in_it_are_those_that_the_server_requires()
    {
        var description = await OpenApiDescription.ReadAsync(scrip.Application);
        var required = Endpoints
            .SelectMany(endpoint => CallsOf(endpoint).Select(call => (call, endpoint.Metadata.GetMetadata<EndpointAccess>()!.AnyOf)))
            .ToDictionary(endpoint => endpoint.call, endpoint => endpoint.AnyOf);

        Assert.All(description.Operations, operation =>
        {
            var scopes = required[CallOf(operation)];
            Assert.Equal(scopes is not null, operation.NeedsToken);
            Assert.Equal(ScopeNames.List(scopes ?? default), operation.Scopes);
            // The description says the same to people.
            var text = (string)operation.Node["description"]!;
            Assert.Equal(operation.Scopes.Count > 0, text.Contains("Requires the scope ", StringComparison.Ordinal));
            Assert.All(operation.Scopes, scope => Assert.Contains($"`{scope}`", text, StringComparison.Ordinal));
        });
        Assert.Equal(["ApiToken", "Bearer"], description.Root["security"]!.AsArray().Select(scheme => scheme!.AsObject().Single().Key));
    }

    [Fact]
    public async Task Every_operation_says_what_it_is_and_has_a_name_of_its_own()
    {
        var description = await OpenApiDescription.ReadAsync(scrip.Application);
        var tags = description.Root["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).ToList();

        Assert.Equal(description.Operations.Count, description.Operations.Select(operation => operation.Id).Distinct().Count());
        Assert.Equal(tags, description.Operations.Select(operation => (string)operation.Node["tags"]!.AsArray().Single()!).Distinct());
        Assert.All(description.Operations, operation =>
        {
            Assert.NotEmpty((string)operation.Node["summary"]!);
            Assert.NotEmpty((string)operation.Node["description"]!);
        });
    }

    [Fact]
    public async Task Every_described_error_is_in_the_catalogue_of_problems()
    {
        var description = await OpenApiDescription.ReadAsync(scrip.Application);

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
    public async Task It_names_no_machine_and_holds_behind_a_proxy_under_any_path()
    {
        var text = await scrip.Application.Client.GetStringAsync(OpenApiDescription.Path);
        var server = (string)JsonNode.Parse(text)!["servers"]!.AsArray().Single()!["url"]!;

        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", text, StringComparison.Ordinal);
        Assert.Equal("https://shop.example/prefix/", new Uri(new Uri("https://shop.example/prefix" + OpenApiDescription.Path), server).AbsoluteUri);
    }

    [Fact]
    public async Task Its_version_is_that_of_the_server() => Assert.Equal(
        typeof(ScripServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        (string)(await OpenApiDescription.ReadAsync(scrip.Application)).Root["info"]!["version"]!);

    private IEnumerable<RouteEndpoint> Endpoints => scrip.Application.Services.GetServices<EndpointDataSource>()
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    private static string CallOf(OpenApiDescription.Operation operation) => $"{operation.Method} {operation.Path.TrimEnd('/')}";

    private static IEnumerable<string> CallsOf(RouteEndpoint endpoint) =>
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]
        // Every GET has a HEAD, which is described once for all of them.
        where method != "HEAD"
        select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}";
}
