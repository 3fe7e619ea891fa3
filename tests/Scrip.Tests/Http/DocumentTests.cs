using System.Net;
using System.Text;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

/// <summary>The document's own examples, in its order, on a fresh server, from a client that only knows the document.</summary>
public sealed class DocumentTests
{
    [Fact]
    public async Task The_examples_of_the_document_work_as_they_stand()
    {
        await using var scrip = await ScripApplication.StartInDevelopmentAsync();
        var client = scrip.Client;
        const string url = "/external/payment-certificate/";

        await ExpectAsync(
            HttpStatusCode.Created,
            """[{"id":1,"code":"CERT-001","is_active":true,"value":500},{"id":2,"code":"CERT-002","is_active":false,"value":1000}]""",
            client.PostAsync($"{url}bulk-create/", Json("""[{"code":"CERT-001","is_active":true,"value":500},{"code":"CERT-002","is_active":false,"value":1000}]""")));
        await ExpectAsync(
            HttpStatusCode.OK,
            """[{"id":1,"code":"CERT-001","is_active":true,"value":500},{"id":2,"code":"CERT-002","is_active":false,"value":1000}]""",
            client.GetAsync(url));
        await ExpectAsync(HttpStatusCode.OK, """{"id":1,"code":"CERT-001","is_active":true,"value":500}""", client.GetAsync($"{url}1/"));
        await ExpectAsync(
            HttpStatusCode.OK,
            """{"id":1,"code":"CERT-001-UPDATED","is_active":false,"value":750}""",
            client.PutAsync($"{url}1/", Json("""{"code":"CERT-001-UPDATED","is_active":false,"value":750}""")));
        await ExpectAsync(
            HttpStatusCode.Created,
            """[{"id":3,"code":"CERT-NEW-001","is_active":true,"value":1000},{"id":4,"code":"CERT-NEW-002","is_active":false,"value":1500}]""",
            client.PostAsync($"{url}bulk-create/", Json("""[{"code":"CERT-NEW-001","is_active":true,"value":1000},{"code":"CERT-NEW-002","is_active":false,"value":1500}]""")));
        await ExpectAsync(
            HttpStatusCode.OK,
            """[{"id":1,"code":"CERT-001-UPDATED","is_active":true,"value":800},{"id":2,"code":"CERT-002-UPDATED","is_active":true,"value":1200}]""",
            client.PutAsync($"{url}bulk-update/", Json("""[{"id":1,"code":"CERT-001-UPDATED","value":800,"is_active":true},{"id":2,"code":"CERT-002-UPDATED","value":1200,"is_active":true}]""")));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task ExpectAsync(HttpStatusCode status, string body, Task<HttpResponseMessage> call)
    {
        using var response = await call;
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
    }
}
