using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>A body that drips in holds a place of the bulk calls, so it is cut off soon.</summary>
public sealed class SlowBodyTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Fact]
    public async Task A_body_that_drips_in_is_a_408_in_words_of_our_own()
    {
        using var slow = await SlowBody.BeginAsync(scrip.Application, BulkCreate);

        var answer = await slow.DripAsync();

        answer.ExpectProblem(408, "request-timeout");
        Assert.Equal("The body arrived at less than 4096 bytes a second; nothing was stored.", answer.Detail());
    }
}
