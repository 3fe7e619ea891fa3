using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;
using static Scrip.Tests.Support.PaymentCalls;

namespace Scrip.Tests.Http;

/// <summary>Batches over HTTP: what makes one, where it is told, how it is listed and renamed.</summary>
public sealed partial class BatchTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Batches = Certificates + "batch/";

    [Fact]
    public async Task A_bulk_create_is_a_batch_where_the_query_names_one()
    {
        using var shop = await scrip.OpenShopAsync("MDL", "Europe/Chisinau");

        var made = await shop.PostAsync(BulkCreate + "?batch=%D0%9C%D0%B0%D0%B9%20%D0%B8", """[{"code":"A","value":500},{"code":"B","value":1}]""");
        var plain = await shop.CreateAsync("""[{"code":"C"}]""");
        var empty = await shop.PostAsync(BulkCreate + "?batch=empty", "[]");

        Assert.Equal((201, Batches + "1/"), (made.Status, made.Header("Location")));
        Assert.Equal((201, null), (plain.Status, plain.Header("Location")));
        Assert.Equal((201, null), (empty.Status, empty.Header("Location")));
        Assert.Equal(
            """[{"id":1,"name":"Май и","source":"bulk-create","certificates":2,"value":501,"created_at":"*","created_by":"token:*"}]""",
            Blotted((await shop.FetchAsync(Batches)).Body));
        Assert.Equal(
            """[{"code":"A","batch_id":1},{"code":"B","batch_id":1},{"code":"C","batch_id":null}]""",
            (await shop.FetchAsync(Certificates + "?fields=code,batch_id")).Body);
        Assert.Equal("1", await shop.AttributeAsync(2, "batch_id"));
        Assert.Equal("null", await shop.AttributeAsync(3, "batch_id"));
        Assert.Equal("""[{"code":"B"}]""", (await shop.FetchAsync(Certificates + "?fields=code&batch_id=1&search=b")).Body);
        Assert.Equal("[]", (await shop.FetchAsync(Certificates + "?batch_id=2")).Body);
    }

    [Fact]
    public async Task A_batch_without_a_name_is_called_after_its_minute_where_the_site_is()
    {
        using var shop = await scrip.OpenShopAsync("MDL", "Asia/Kathmandu");
        Assert.Equal(201, (await shop.PostAsync(Certificates + "generate/", """{"count":1,"value":5}""", Key("once"))).Status);

        var batch = (await shop.FetchAsync(Batches + "1/?fields=name,created_at")).Body;

        var parts = NameAndTime().Match(batch);
        var made = DateTimeOffset.Parse(parts.Groups["time"].Value, CultureInfo.InvariantCulture).ToOffset(new TimeSpan(5, 45, 0));
        Assert.Equal(made.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), parts.Groups["name"].Value);
    }

    [Fact]
    public async Task A_key_belongs_to_the_name_of_the_batch_as_well()
    {
        using var shop = await scrip.OpenShopAsync();
        const string body = """[{"code":"A"}]""";

        var first = await shop.PostAsync(BulkCreate + "?batch=May", body, Key("k"));
        await shop.PutAsync(Batches + "1/", """{"name":"June"}""");
        var again = await shop.PostAsync(BulkCreate + "?batch=May", body, Key("k"));

        Assert.Equal((201, "true", first.Body), (again.Status, again.Header("Idempotent-Replayed"), again.Body));
        Assert.Equal((Batches + "1/", Batches + "1/"), (first.Header("Location"), again.Header("Location")));
        (await shop.PostAsync(BulkCreate + "?batch=June", body, Key("k"))).ExpectProblem(422, "idempotency-key-reused");
        (await shop.PostAsync(BulkCreate, body, Key("k"))).ExpectProblem(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_batch_is_renamed_once_and_a_retry_gets_the_same()
    {
        using var shop = await scrip.OpenShopAsync();
        await shop.PostAsync(BulkCreate + "?batch=May", """[{"code":"A","value":2}]""");

        var renamed = await shop.PutAsync(Batches + "1/", """{"name":"June"}""", Key("rename"));
        await shop.PutAsync(Batches + "1/", """{"name":"July"}""");
        var again = await shop.PutAsync(Batches + "1/", """{"name":"June"}""", Key("rename"));

        Assert.Equal(
            """{"id":1,"name":"June","source":"bulk-create","certificates":1,"value":2,"created_at":"*","created_by":"token:*"}""", Blotted(renamed.Body));
        Assert.Equal((200, "true", renamed.Body), (again.Status, again.Header("Idempotent-Replayed"), again.Body));
        Assert.Equal("""{"name":"July"}""", (await shop.FetchAsync(Batches + "1/?fields=name")).Body);
        foreach (var id in new[] { "2", "0", "x", "01" })
        {
            (await shop.PutAsync($"{Batches}{id}/", """{"name":"June"}""")).ExpectProblem(404, "not-found");
            (await shop.FetchAsync($"{Batches}{id}/")).ExpectProblem(404, "not-found");
        }
    }

    [Theory]
    [InlineData("{}", "/name required")]
    [InlineData("""{"name":null}""", "/name required")]
    [InlineData("""{"name":""}""", "/name empty")]
    [InlineData("""{"name":" May"}""", "/name outer_white_space")]
    [InlineData("""{"name":"M\nay"}""", "/name control_character")]
    [InlineData("""{"name":"M\uFEFFay"}""", "/name invisible_character")]
    [InlineData("""{"name":7}""", "/name wrong_type")]
    [InlineData("""{"title":"May"}""", "/title unknown_member", "/name required")]
    public async Task A_name_is_one(string body, params string[] errors)
    {
        using var shop = await scrip.OpenShopAsync();
        (await shop.PutAsync(Batches + "1/", body)).ExpectInvalid(errors);
    }

    [Fact]
    public async Task The_longest_name_is_counted_in_characters()
    {
        using var shop = await scrip.OpenShopAsync();
        var longest = string.Concat(Enumerable.Repeat("🎁", 100));

        Assert.Equal(201, (await shop.PostAsync($"{BulkCreate}?batch={Uri.EscapeDataString(longest)}", """[{"code":"A"}]""")).Status);
        using var batch = JsonDocument.Parse((await shop.FetchAsync(Batches + "1/?fields=name")).Body);
        Assert.Equal(longest, batch.RootElement.GetProperty("name").GetString());
        (await shop.PostAsync($"{BulkCreate}?batch={Uri.EscapeDataString(longest)}x", """[{"code":"B"}]""")).ExpectInvalid("?batch too_long");
        (await shop.PutAsync(Batches + "1/", $$"""{"name":"{{longest}}x"}""")).ExpectInvalid("/name too_long");
        foreach (var (name, error) in new[] { ("", "empty"), ("%20May", "outer_white_space"), ("M%01", "control_character"), ("M%E2%80%8B", "invisible_character") })
            (await shop.PostAsync($"{BulkCreate}?batch={name}", """[{"code":"B"}]""")).ExpectInvalid($"?batch {error}");
        Assert.Equal("""[{"code":"A"}]""", (await shop.FetchAsync(Certificates + "?fields=code")).Body);
    }

    [Fact]
    public async Task Batches_come_in_pages_and_as_files()
    {
        using var shop = await scrip.OpenShopAsync();
        for (var number = 1; number <= 5; number++)
            Assert.Equal(201, (await shop.PostAsync($"{BulkCreate}?batch=B{number}", $$"""[{"code":"C{{number}}","value":{{number}}}]""")).Status);

        var page = await shop.FetchAsync(Batches + "?page=2&page_size=2&fields=id,name");
        Assert.Equal("""[{"id":3,"name":"B3"},{"id":4,"name":"B4"}]""", page.Body);
        Assert.Equal("5", page.Header("X-Total-Count"));
        Assert.Equal("""[{"id":5}]""", (await shop.FetchAsync(Batches + "?after=4&fields=id")).Body);
        var file = await shop.FetchAsync(Batches + "?format=csv&fields=id,name,source,certificates,value");
        Assert.StartsWith("attachment; filename=\"batches-", file.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.StartsWith("id,name,source,certificates,value\r\n1,B1,bulk-create,1,1\r\n", file.Body.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Equal("code,batch_id\r\nC2,2\r\n", (await shop.FetchAsync(Certificates + "?format=csv&batch_id=2&fields=code,batch_id")).Body.TrimStart('\uFEFF'));
        Assert.Equal(405, (await shop.PutAsync(Batches, "{}")).Status);
        (await shop.FetchAsync(Batches + "?name=B1")).ExpectInvalid("?name unknown_parameter");
        (await shop.FetchAsync(Certificates + "?batch_id=0")).ExpectInvalid("?batch_id out_of_range");
    }

    private static string Blotted(string json) => Actor().Replace(Time().Replace(json, "\"created_at\":\"*\""), "token:*");

    [GeneratedRegex("\"created_at\":\"[^\"]+\"")]
    private static partial Regex Time();

    [GeneratedRegex("token:[0-9]+")]
    private static partial Regex Actor();

    [GeneratedRegex("\"name\":\"(?<name>[^\"]+)\",\"created_at\":\"(?<time>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex NameAndTime();
}
