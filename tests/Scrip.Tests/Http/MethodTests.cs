using Scrip.Tests.Support;

namespace Scrip.Tests.Http;

/// <summary>Every path with every method that it does not support.</summary>
public sealed class MethodTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];

    [Theory]
    [InlineData("/external/payment-certificate", "GET, HEAD")]
    [InlineData("/external/payment-certificate/1", "GET, HEAD, PATCH, PUT")]
    [InlineData("/external/payment-certificate/bulk-create", "POST")]
    [InlineData("/external/payment-certificate/bulk-update", "PATCH, PUT")]
    [InlineData("/external/payment-certificate/check", "POST")]
    [InlineData("/external/payment-certificate/redemption", "GET, HEAD, POST")]
    [InlineData("/external/payment-certificate/redemption/1", "GET, HEAD")]
    [InlineData("/external/payment-certificate/redemption/1/capture", "POST")]
    [InlineData("/external/payment-certificate/redemption/1/release", "POST")]
    [InlineData("/external/payment-certificate/redemption/1/refund", "POST")]
    [InlineData("/external/payment-certificate/1/entry", "GET, HEAD")]
    [InlineData("/external/payment-certificate/entry", "GET, HEAD")]
    [InlineData("/external/payment-certificate/liability", "GET, HEAD")]
    [InlineData("/external/whoami", "GET, HEAD")]
    [InlineData("/external/site", "GET, HEAD, POST")]
    [InlineData("/external/api-token", "GET, HEAD, POST")]
    [InlineData("/external/api-token/1", "DELETE")]
    [InlineData("/health/live", "GET, HEAD")]
    [InlineData("/health/ready", "GET, HEAD")]
    [InlineData("/problems/not-found", "GET, HEAD")]
    [InlineData("/openapi/v1.json", "GET, HEAD")]
    public async Task Another_method_is_a_405_that_names_those_there_are(string path, string allow)
    {
        using var stranger = scrip.Application.ClientWithoutToken();
        foreach (var method in Methods.Except(allow.Split(", ")))
        {
            foreach (var client in new[] { scrip.Application.Client, stranger })
            {
                foreach (var slashed in new[] { path, path + "/" })
                {
                    var answer = await client.SendAsync(method, slashed, content: null);

                    Assert.True(answer.Status == 405, $"{method} {slashed}: {answer.Status}");
                    Assert.Equal(allow, answer.Header("Allow"));
                    Assert.Equal("application/problem+json", answer.Header("Content-Type"));
                    if (method != "HEAD")
                        Assert.Equal($"Allowed methods: {allow}.", answer.ExpectProblem(405, "method-not-allowed").Detail());
                }
            }
        }
    }
}
