using System.Text.Json.Nodes;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Auth;
using Scrip.Server.Certificates;
using Scrip.Server.Guessing;
using Scrip.Server.Http;
using Scrip.Server.Problems;
using Scrip.Server.Sites;
using Scrip.Tests.Support;
using JsonObject = System.Text.Json.Nodes.JsonObject;

namespace Scrip.Tests.Http.OpenApi;

/// <summary>Compares the schemas, examples and limits in the description with each other and with the server.</summary>
public sealed class OpenApiSchemaTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task Every_example_is_valid_by_its_schema()
    {
        var description = await OpenApiDescription.ReadAsync(scrip.Application);
        var faults =
            from node in NodesOf(description.Root)
            where node.Value is JsonObject && node.Value["schema"] is not null && node.Value["example"] is not null
            from fault in description.FaultsOf(node.Value["schema"]!, node.Value["example"])
            select $"{node.Path}: {fault}";

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Every_request_body_and_every_body_of_a_response_has_an_example() => Assert.All(
        NodesOf((await OpenApiDescription.ReadAsync(scrip.Application)).Root).Where(node => node.Path.EndsWith("+json", StringComparison.Ordinal)
            || node.Path.EndsWith("/json", StringComparison.Ordinal)),
        node => Assert.True(node.Value["schema"] is not null && node.Value["example"] is not null, node.Path));

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_component_is_referred_to()
    {
        var description = await OpenApiDescription.ReadAsync(scrip.Application);
        var references = NodesOf(description.Root).Select(node => (node.Value as JsonObject)?["$ref"]).OfType<JsonNode>().Select(name => (string)name!).ToHashSet();
        var components =
            from kind in description.Root["components"]!.AsObject()
            where kind.Key != "securitySchemes"
            from component in kind.Value!.AsObject()
            select $"#/components/{kind.Key}/{component.Key}";

        Assert.Equal(components.Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
    }

    /// <summary>A generated client assumes that a member with a default is always present, and demands it.</summary>
    [Fact]
    public async Task No_schema_has_a_default() => Assert.DoesNotContain(
        NodesOf((await OpenApiDescription.ReadAsync(scrip.Application)).Root), node => node.Path.EndsWith("/default", StringComparison.Ordinal));

    [Fact]
    public async Task Every_object_says_which_members_it_has()
    {
        var open = NodesOf((await OpenApiDescription.ReadAsync(scrip.Application)).Root)
            .Where(node => node.Path.StartsWith("/components/schemas/", StringComparison.Ordinal))
            .Where(node => node.Value is JsonObject schema && (string?)(schema["type"] as JsonValue) == "object" && (bool?)schema["additionalProperties"] != false)
            .Select(node => node.Path);

        // Problems may get more members; see the description of their schema.
        Assert.Equal(["/components/schemas/Problem", "/components/schemas/ProblemError"], open);
    }

    [Fact]
    public async Task The_limits_of_schemas_are_those_of_the_server()
    {
        var description = await OpenApiDescription.ReadAsync(scrip.Application);
        (string Schema, string Limit, long Value)[] limits =
        [
            ("CertificateCode", "maxLength", CertificateCode.MaxCharacters),
            ("StoredCode", "maxLength", CertificateCode.MaxCharacters),
            ("TypedCode", "maxLength", CertificateCode.MaxCharacters),
            ("FaceValue", "maximum", FaceValue.MaxUnits),
            ("PositiveAmount", "maximum", FaceValue.MaxUnits),
            ("Note", "maxLength", CertificateTerms.MaxNoteLength),
            ("Reference", "maxLength", Redemption.MaxReferenceLength),
            ("Reason", "maxLength", Redemption.MaxReasonLength),
            ("Customer", "maxLength", CustomerKey.MaxLength),
            ("SiteName", "maxLength", Site.MaxNameLength),
            ("TimeZone", "maxLength", SitesApi.MaxTimeZoneLength),
            ("TokenName", "maxLength", ApiToken.MaxNameLength),
            ("BatchName", "maxLength", Batch.MaxNameLength),
        ];
        Assert.All(limits, limit => Assert.Equal(limit.Value, (long)description.Root["components"]!["schemas"]![limit.Schema]![limit.Limit]!));
        var schemas = description.Root["components"]!["schemas"]!;
        Assert.Equal((long)RotateApiToken.LongestOverlap.TotalSeconds, (long)schemas["ApiTokenRotationRequest"]!["properties"]!["overlap_seconds"]!["maximum"]!);
        Assert.Equal(RequestErrors.MaxErrors, (long)schemas["Problem"]!["properties"]!["errors"]!["maxItems"]!);
        Assert.Equal(InstantText.LastUnixSecond, (long)schemas["FilterTime"]!["anyOf"]![0]!["maximum"]!);
        Assert.Equal(InstantText.LastUnixSecond, (long)schemas["ReportTime"]!["anyOf"]![0]!["maximum"]!);
        var parameters = description.Root["components"]!["parameters"]!;
        Assert.Equal(PageRequest.MaxPage, (long)parameters["Page"]!["schema"]!["maximum"]!);
        Assert.Equal(PageRequest.MaxPageSize, (long)parameters["PageSize"]!["schema"]!["maximum"]!);
        Assert.Equal(IdempotencyKey.MaxLength, (long)parameters["IdempotencyKey"]!["schema"]!["maxLength"]!);
        Assert.Equal(IdempotencyKey.MaxLength, (long)parameters["RequiredIdempotencyKey"]!["schema"]!["maxLength"]!);
    }

    [Fact]
    public async Task The_limits_of_bodies_are_those_of_this_server()
    {
        await using var small = await ScripApplication.StartAsync(("MaxBulkItems", "10"), ("MaxBulkBytes", "2048"));
        var served = await OpenApiDescription.ReadAsync(small);

        Assert.All(served.Operations.Where(operation => operation.Body is not null), operation =>
        {
            var text = (string)operation.Body!["description"]!;
            if (operation.BodySchema is null)
            {
                Assert.Equal("A file of at most 10 rows in 2048 bytes.", text);
            }
            else if ((string?)operation.BodySchema["type"] == "array")
            {
                Assert.Equal("At most 10 items in 2048 bytes.", text);
                Assert.Equal(10, (int)operation.BodySchema["maxItems"]!);
                Assert.Equal(10, (int)operation.Success.Schema!["maxItems"]!);
            }
            else
            {
                var most = operation.Path == "/external/payment-certificate/{id}/"
                    ? CertificatesApi.FormOfOne.MaxBodyBytes
                    : RequestBody.MaxSmallBytes;
                Assert.EndsWith($"at most {most} bytes.", text, StringComparison.OrdinalIgnoreCase);
            }
        });
        // The file represents the two settings by their defaults, so these numbers must not occur anywhere else.
        var whole = served.Root.ToJsonString();
        Assert.DoesNotMatch(@"\b(100000|33554432)\b", whole);
    }

    [Fact]
    public async Task The_catalogues_in_it_are_the_servers()
    {
        var schemas = (await OpenApiDescription.ReadAsync(scrip.Application)).Root["components"]!["schemas"]!;

        Assert.Equal(ScopeNames.Known, Texts(schemas["Scope"]!["enum"]));
        Assert.Equal(ProblemType.All.Select(type => type.Uri), Texts(schemas["Problem"]!["properties"]!["type"]!["examples"]));
        Assert.Equal(ErrorCodes.All, Texts(schemas["ProblemError"]!["properties"]!["code"]!["examples"]));
    }

    private static IEnumerable<string> Texts(JsonNode? values) => values!.AsArray().Select(value => (string)value!);

    /// <summary>All nodes below, each with its JSON Pointer, without examples.</summary>
    private static IEnumerable<(string Path, JsonNode Value)> NodesOf(JsonNode root, string path = "")
    {
        yield return (path, root);
        var inner = root switch
        {
            JsonObject members => members.Select(member => (Name: member.Key, member.Value)),
            JsonArray items => items.Select((item, at) => (Name: $"{at}", Value: item)),
            _ => [],
        };
        foreach (var (name, value) in inner.Where(part => part.Value is not null && part.Name is not "example"))
        {
            foreach (var node in NodesOf(value!, $"{path}/{name}"))
                yield return node;
        }
    }
}
