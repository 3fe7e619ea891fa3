using Microsoft.OpenApi;
using Scrip.Server.OpenApi;

namespace Scrip.Server.Health;

/// <summary>The health calls, described.</summary>
internal static class HealthOperations
{
    public const string NewestEntryAhead = "newest_entry_ahead_seconds";

    private const string TagName = "Health";

    public static OpenApiTag Tag { get; } =
        new() { Name = TagName, Description = "For programs that watch the process. No token is needed." };

    public static ApiOperation Live { get; } = new(
        "checkLive", TagName, "Is the process there", "Answers as long as the process does, without a look at the database.")
    {
        Answers = [ApiAnswer.Success(200, "It is.", Status("live"), """{"status":"live"}""", ApiHeaders.NoStore)],
    };

    public static ApiOperation Ready { get; } = new(
        "checkReady",
        TagName,
        "Can it do its work",
        "Asks the database to take a write; at most once a second, and all who ask share the answer.")
    {
        Answers =
        [
            ApiAnswer.Success(200, "It can.", Readiness, """{"status":"ready"}""", ApiHeaders.NoStore),
            .. SharedAnswers.OfProbes,
        ],
    };

    private static OpenApiSchema Readiness => Schemas.Object(
        "How it is.",
        ("status", Schemas.OneOf(["ready"])),
        (NewestEntryAhead + "?", Schemas.Integer(
            "By how many seconds the newest entry of the journal lies ahead of the clock. Only where it does: the clock was set back, or "
            + "was wrong before. The server goes by the clock and serves.",
            least: 1)));

    private static OpenApiSchema Status(string value) => Schemas.Object("How it is.", ("status", Schemas.OneOf([value])));
}
