using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http.OpenApi;

/// <summary>
/// Every parameter with good and bad values: the server accepts none that its schema refuses, and each response matches the description.
/// </summary>
public sealed partial class OpenApiQueryTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private static readonly string[] Values =
    [
        "", " ", "nonsense", "id", "-id", "code", "id,code", "id,id", "id,nonsense", ",", "0", "1", "2", "+1", "-1", "1.0", "01", "99999", "18446744073709551616",
        "true", "false", "TRUE", "CERT-001", "cert", "ORDER-1", "--", "a\u0007b", "Ж🎁", "held", "captured", "issued", "default", "nowhere",
        "1767225600", "99999999999999", "2020-01-31", "2020-02-30", "2020-01-31T12:00:00Z", "2020-01-31T12:00:00.123456+02:00", "2020-01-31T12:00:00", "2999-01-31",
    ];

    [Fact]
    public async Task A_parameter_is_taken_only_if_its_schema_allows_it_and_answered_as_described()
    {
        var description = await OpenApiDescription.ReadAsync(scrip.Application);
        var responses = new DescribedResponses(description);
        await FillAsync();

        foreach (var operation in description.Operations.Where(operation => operation.Method == "GET"))
        {
            await responses.CheckAsync(scrip.Application.Client, "GET", operation.ExamplePath);
            await responses.CheckAsync(scrip.Application.Client, "HEAD", operation.ExamplePath);
            foreach (var parameter in operation.Parameters.Where(parameter => (string)parameter["in"]! == "query"))
            {
                var name = (string)parameter["name"]!;
                foreach (var value in Values.Concat(OwnValuesOf(description, parameter["schema"]!)))
                {
                    var path = $"{operation.ExamplePath}?{name}={Uri.EscapeDataString(value)}";
                    var answer = await responses.CheckAsync(scrip.Application.Client, "GET", path);
                    var schema = description.Follow(parameter["schema"]!);
                    var faults = description.FaultsOf(schema, OpenApiSchemas.ValueOf(value, schema));
                    Assert.True(answer.Status == 400 || (answer.Status == 200 && faults.Count == 0), $"{path}: {answer.Status} {string.Join('\n', faults)}");
                    await responses.CheckAsync(scrip.Application.Client, "HEAD", path);
                }
                Assert.Equal(400, (await responses.CheckAsync(scrip.Application.Client, "GET", $"{operation.ExamplePath}?{name}=1&{name}=1")).Status);
            }
            if (operation.NeedsToken)
                Assert.Equal(400, (await responses.CheckAsync(scrip.Application.Client, "GET", operation.ExamplePath + "?nonsense=1")).Status);
            Assert.Equal(400, (await responses.CheckAsync(scrip.Application.Client, "GET", operation.ExamplePath + "?a=%D1%C5")).Status);
        }
        Assert.InRange(responses.Count, 500, int.MaxValue);
    }

    /// <summary>The server lists the known names when it gets an unknown one. The description must have the same names.</summary>
    [Fact]
    public async Task The_parameters_attributes_and_members_in_it_are_those_that_the_server_knows()
    {
        var description = await OpenApiDescription.ReadAsync(scrip.Application);
        var client = scrip.Application.Client;
        foreach (var operation in description.Operations.Where(operation => operation.NeedsToken))
        {
            var parameters = operation.Parameters.Where(parameter => (string)parameter["in"]! == "query").ToList();
            var answer = await AskAsync(operation, "?nonsense=1");
            var known = KnownTo(answer, "?nonsense");
            Assert.True(known.Order().SequenceEqual(parameters.Select(parameter => (string)parameter["name"]!).Order()), $"{operation.Id}: {answer.Body}");

            foreach (var parameter in parameters)
            {
                var schema = description.Follow(parameter["schema"]!);
                if ((schema["items"]?["enum"] ?? schema["enum"]) is not JsonArray values)
                    continue;
                var name = (string)parameter["name"]!;
                // The report of a period has all attributes.
                var period = operation.Id == "getLiability" ? "from=2020-01-01&" : "";
                known = KnownTo(await AskAsync(operation, $"?{period}{name}=nonsense"), "?" + name);
                Assert.Equal(known, values.Select(value => (string)value!).Where(value => !value.StartsWith('-')));
            }
            if (operation.BodySchema is { } body)
            {
                var isArray = (string?)body["type"] == "array";
                var members = description.Follow(isArray ? body["items"]! : body)["properties"]?.AsObject().Select(member => member.Key) ?? [];
                answer = await client.CallAsync(
                    operation.Method, operation.ExamplePath, isArray ? """[{"nonsense":1}]""" : """{"nonsense":1}""", Key("unknown"));
                Assert.Equal(members.Order(), KnownTo(answer, isArray ? "/0/nonsense" : "/nonsense").Order());
            }
        }

        Task<Answer> AskAsync(OpenApiDescription.Operation operation, string query)
        {
            var path = operation.ExamplePath + query;
            return operation.CsvExample is { } csv
                ? client.SendAsync(operation.Method, path, new StringContent(csv, Encoding.UTF8, "text/csv"), Key("unknown"))
                : client.CallAsync(operation.Method, path, operation.BodyExample?.ToJsonString(), Key("unknown"));
        }
    }

    private static IEnumerable<string> OwnValuesOf(OpenApiDescription description, JsonNode schema)
    {
        var followed = description.Follow(schema);
        if ((int?)followed["maxLength"] is { } longest)
            return [new string('x', longest), new string('x', longest + 1)];
        if ((long?)followed["maximum"] is { } most)
            return [$"{most}", $"{most + 1}"];
        return (followed["items"]?["enum"] ?? followed["enum"])?.AsArray().Select(value => (string)value!) ?? [];
    }

    /// <summary>The names in a sentence such as <c>Known attributes: id, code.</c></summary>
    private static string[] KnownTo(Answer answer, string pointer)
    {
        var error = JsonNode.Parse(answer.Body)!["errors"]!.AsArray().First(error => (string)error!["pointer"]! == pointer)!;
        var sentence = (string)error["detail"]!;
        return Known().Match(sentence) is { Success: true } known ? known.Groups["names"].Value.Split(", ") : [];
    }

    private async Task FillAsync()
    {
        var client = scrip.Application.Client;
        const string certificates = """[{"code":"CERT-001","value":500},{"code":"CERT-002","value":500,"note":"A note","starts_at":"2020-01-01"}]""";
        await client.PostAsync(BulkCreate + "?batch=May", certificates, Key("fill"));
        await client.RedeemAsync("""{"certificate_id":1,"amount":"1.00","reference":"ORDER-1","capture":false}""", "fill-1");
        await client.PostAsync("/external/api-token/", """{"site":"default","name":"ERP","scopes":["admin"]}""", Key("fill-2"));
    }

    [GeneratedRegex(@"\bKnown \w+: (?<names>[^.;]+)")]
    private static partial Regex Known();
}
