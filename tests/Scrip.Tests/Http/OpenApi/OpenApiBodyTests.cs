using System.Text.Json;
using System.Text.Json.Nodes;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.OpenApi;

/// <summary>
/// Some hundred bodies for each call with a body, good and bad. The server must accept none that its schema refuses, and each response must
/// match the description.
/// </summary>
public sealed class OpenApiBodyTests
{
    /// <summary>Where a body is optional these mean an absent body, although its schema is an object.</summary>
    private static readonly string[] Nothing = ["", " ", "null", "[]"];

    [Theory]
    [InlineData("updateCertificate")]
    [InlineData("patchCertificate")]
    [InlineData("createCertificates")]
    [InlineData("generateCertificates")]
    [InlineData("renameBatch")]
    [InlineData("updateCertificates")]
    [InlineData("patchCertificates")]
    [InlineData("writeOffCertificate")]
    [InlineData("writeOffCertificates")]
    [InlineData("checkCertificate")]
    [InlineData("redeemCertificate")]
    [InlineData("captureRedemption")]
    [InlineData("releaseRedemption")]
    [InlineData("refundRedemption")]
    [InlineData("extendRedemption")]
    [InlineData("createApiToken")]
    [InlineData("rotateApiToken")]
    [InlineData("createSite")]
    public async Task A_body_is_taken_only_if_its_schema_allows_it_and_answered_as_described(string id)
    {
        await using var scrip = await ScripApplication.StartAsync(
            ("MaxCodeMissesPerMinute", "1000000"), ("MaxCodeMissesPerDay", "1000000"),
            ("MaxTokenCodeMissesPerMinute", "1000000"), ("MaxTokenCodeMissesPerDay", "1000000"));
        var description = await OpenApiDescription.ReadAsync(scrip);
        var responses = new DescribedResponses(description);
        var operation = description[id];
        const string certificates = """[{"code":"CERT-001","value":1000000},{"code":"CERT-002"}]""";
        Assert.Equal(201, (await scrip.Client.PostAsync(BulkCreate + "?batch=May", certificates)).Status);
        await SharedScrip.CreateTokenAsync(scrip.Client, "default", "admin");

        var taken = 0;
        var refused = 0;
        foreach (var variant in BodyVariants.Of(description, operation).Distinct())
        {
            var body = AsNew(variant, responses.Count);
            var path = await PrepareAsync(scrip.Client, operation, responses.Count);
            var answer = await responses.CheckAsync(scrip.Client, operation.Method, path, body, Key($"key-{responses.Count}"));
            var faults = FaultsOf(description, operation, body);
            if (answer.Status < 300)
            {
                taken++;
                Assert.True(faults.Count == 0, $"{id} took {body}, but its schema says: {string.Join('\n', faults)}");
            }
            else if (faults.Count > 0)
            {
                refused++;
                Assert.True(answer.Status == 400, $"{id} has {answer.Status} for {body}, but its schema says: {string.Join('\n', faults)}");
            }
        }
        Assert.InRange(taken, 1, responses.Count);
        Assert.InRange(refused, 1, responses.Count);
    }

    [Fact]
    public async Task Each_operation_with_a_body_of_JSON_has_a_row_above()
    {
        await using var scrip = await ScripApplication.StartAsync();
        var rows = typeof(OpenApiBodyTests).GetMethod(nameof(A_body_is_taken_only_if_its_schema_allows_it_and_answered_as_described))!
            .GetCustomAttributesData().Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[0].Value!);

        Assert.Equal(
            (await OpenApiDescription.ReadAsync(scrip)).Operations.Where(operation => operation.BodySchema is not null).Select(operation => operation.Id),
            rows);
    }

    private static IReadOnlyList<string> FaultsOf(OpenApiDescription description, OpenApiDescription.Operation operation, string body)
    {
        if (operation.Body!["required"] is null && Nothing.Contains(body))
            return [];
        try
        {
            using var strict = JsonDocument.Parse(body.TrimStart('\uFEFF'), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return description.FaultsOf(operation.BodySchema!, JsonNode.Parse(strict.RootElement.GetRawText()));
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            return [notJson.Message];
        }
    }

    /// <summary>Replaces values that can only be used once, and times that must be in the future.</summary>
    private static string AsNew(string body, int at) => body
        .Replace("CERT-NEW-001", $"CERT-NEW-{at}", StringComparison.Ordinal)
        .Replace("ORDER-1001", $"ORDER-{at}", StringComparison.Ordinal)
        .Replace("\"second\"", $"\"site-{at}\"", StringComparison.Ordinal)
        .Replace("2026-02-14T12:00:00Z", FromNow(TimeSpan.FromDays(1)), StringComparison.Ordinal);

    /// <summary>Prepares money for a call that moves money.</summary>
    /// <returns>The path to call.</returns>
    private static async Task<string> PrepareAsync(HttpClient client, OpenApiDescription.Operation operation, int at)
    {
        if (operation.Id is "redeemCertificate" or "writeOffCertificate" or "writeOffCertificates")
            Assert.Equal(200, (await client.PatchAsync(Certificates + "1", $$"""{"value":{{1_001_000 + (1_000 * at)}}}""")).Status);
        if (!operation.Path.Contains("redemption/{id}", StringComparison.Ordinal))
            return operation.ExamplePath;
        var isPaid = operation.Id == "refundRedemption";
        var made = await client.RedeemAsync(
            $$"""{"certificate_id":1,"amount":"149.90","reference":"FOR-{{at}}","capture":{{(isPaid ? "true" : "false")}}}""");
        Assert.Equal(201, made.Status);
        return operation.Path.Replace("{id}", JsonNode.Parse(made.Body)!["id"]!.ToString(), StringComparison.Ordinal);
    }
}
