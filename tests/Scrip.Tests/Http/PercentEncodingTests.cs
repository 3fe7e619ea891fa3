using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>An address in an encoding other than UTF-8 is refused: a caller asking whether a code is taken must not be told no.</summary>
public sealed class PercentEncodingTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private const string Found = """[{"id":1,"code":"%D1","is_active":true,"value":0}]""";

    public static TheoryData<string> NotUtf8 =>
    [
        "%D1%C5%D0%D2-1", "A%D1", "%ED%A0%80", "%ED%BF%BF", "%C0%80", "%C1%81", "%E0%80%AF", "%F4%90%80%80", "%F8%88%80%80%80", "%80", "%FF",
        "%E2%82", "%D0%9F%D0", "%D1Z", "%", "A%", "%4", "%4G", "%zz", "%u0416", "100%", "%D0%%9F", "%D0+%9F", "%EF%BB",
    ];

    [Theory]
    [MemberData(nameof(NotUtf8))]
    public async Task Escapes_that_are_not_UTF8_are_refused_in_every_part_of_an_address(string text)
    {
        (await FetchAsync($"{Certificates}?code={text}")).ExpectInvalid("?code not_unicode");
        (await FetchAsync($"{Certificates}?is_active=true&search={text}&page=1")).ExpectInvalid("?search not_unicode");
        (await FetchAsync($"{Certificates}?{text}=1")).ExpectInvalid($"?{text} not_unicode");
        (await FetchAsync($"{Certificates}?{text}")).ExpectInvalid($"?{text} not_unicode");
        (await FetchAsync($"{Certificates}{text}/")).ExpectInvalid(" not_unicode");
        (await FetchAsync($"{Certificates}{text}/?fields={text}")).ExpectInvalid(" not_unicode", "?fields not_unicode");
    }

    [Theory]
    [InlineData("GET", "/external/payment-certificate/1/", "fields")]
    [InlineData("PUT", "/external/payment-certificate/1/", "x")]
    [InlineData("POST", "/external/payment-certificate/bulk-create/", "x")]
    [InlineData("PUT", "/external/payment-certificate/bulk-update/", "x")]
    [InlineData("POST", "/external/payment-certificate/check/", "x")]
    [InlineData("POST", "/external/payment-certificate/redemption/", "x")]
    [InlineData("GET", "/external/payment-certificate/redemption/", "reference")]
    [InlineData("GET", "/external/payment-certificate/redemption/", "state")]
    [InlineData("POST", "/external/payment-certificate/redemption/1/refund/", "x")]
    [InlineData("GET", "/external/payment-certificate/entry/", "kind")]
    [InlineData("GET", "/external/payment-certificate/1/entry/", "after")]
    [InlineData("GET", "/external/payment-certificate/liability/", "as_of")]
    [InlineData("GET", "/external/api-token/", "site")]
    [InlineData("DELETE", "/external/api-token/1/", "site")]
    [InlineData("GET", "/external/site/", "page")]
    public async Task So_they_are_for_every_call(string method, string path, string parameter)
    {
        (await SendAsync(method, $"{path}?{parameter}=%D1%C5")).ExpectInvalid($"?{parameter} not_unicode");
        (await SendAsync(method, $"{path.TrimEnd('/')}%D1%C5/")).ExpectInvalid(" not_unicode");
    }

    [Fact]
    public async Task A_code_that_looks_like_an_escape_is_found_by_its_escape()
    {
        var admin = scrip.Application.Client;
        var made = await admin.CreateAsync("""[{"code":"%D1"}]""");
        Assert.True(made.Status is 201 or 409);
        (await FetchAsync($"{Certificates}?code=%25D1")).Expect(200, Found);
        (await FetchAsync($"{Certificates}?search=%25d%31")).Expect(200, Found);
        (await FetchAsync($"{Certificates}?code=%D0%9F%F0%9F%8E%81%EF%BF%BD")).Expect(200, "[]");
        (await FetchAsync($"{Certificates}%25D1/")).ExpectProblem(404, "not-found");
    }

    [Fact]
    public async Task Without_a_token_the_address_is_not_looked_at() =>
        Assert.StartsWith(
            "HTTP/1.1 401 ",
            await RawHttp.ExchangeAsync(scrip.Application.Address, $"GET {Certificates}?code=%D1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);

    private Task<Answer> FetchAsync(string target) => SendAsync("GET", target);

    /// <summary>Sends the target unchanged: a client of .NET would correct it.</summary>
    private async Task<Answer> SendAsync(string method, string target)
    {
        var raw = await RawHttp.ExchangeAsync(
            scrip.Application.Address,
            $"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAPI-Token: {ScripApplication.AdminToken}\r\nContent-Length: 0\r\n\r\n");
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = raw[..end].Split("\r\n");
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        var body = raw[(end + 4)..];
        return new Answer(int.Parse(lines[0].Split(' ')[1], null), headers, headers.ContainsKey("Transfer-Encoding") ? Unchunked(body) : body);
    }

    private static string Unchunked(string body) => string.Concat(body.Split("\r\n").Where((_, at) => at % 2 == 1));
}
