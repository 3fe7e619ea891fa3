using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Scrip.Server.Logging;
using Scrip.Storage;

namespace Scrip.Tests.Logging;

/// <summary>What the log says about an exception: its origin, and nothing that its message may quote.</summary>
public sealed class ExceptionTextTests
{
    public static TheoryData<Exception> Quoting =>
    [
        Thrown(() => JsonDocument.Parse("SECRET")),
        Thrown(() => int.Parse("SECRET", System.Globalization.CultureInfo.InvariantCulture)),
        Thrown(() => new Dictionary<string, int>()["SECRET"]),
        Thrown(() => throw new InvalidOperationException("SECRET")),
        new BadHttpRequestException("Invalid request header: 'SECRET'"),
        new PostgresException("value SECRET", "ERROR", "ERROR", "23505", detail: "Key (code)=(SECRET) already exists."),
    ];

    [Theory]
    [MemberData(nameof(Quoting))]
    public void A_message_that_quotes_is_left_out_and_the_type_is_not(Exception quoting)
    {
        foreach (var fault in new[] { quoting, new StorageException(StorageFault.Interrupted, "The database aborted the transaction.", quoting) })
        {
            var text = ExceptionText.Of(fault);
            Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
            Assert.Contains(quoting.GetType().FullName!, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_an_operator_needs_is_there()
    {
        var refused = new PostgresException("SECRET", "ERROR", "ERROR", "23505");
        Assert.Contains("SqlState 23505", ExceptionText.Of(refused), StringComparison.Ordinal);
        var full = ExceptionText.Of(new StorageException(StorageFault.DiskFull, "The disk is full.", new IOException("No space left on device")));
        Assert.Contains("The disk is full.", full, StringComparison.Ordinal);
        Assert.Contains("No space left on device", full, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), ExceptionText.Of(Thrown(() => throw new InvalidOperationException())), StringComparison.Ordinal);
    }

    [Fact]
    public void An_outage_of_the_database_is_a_short_line()
    {
        var cause = Thrown(() => throw new TimeoutException("No answer in time."));
        var outage = Thrown(() => throw new StorageException(StorageFault.Unavailable, "The database cannot be reached.", cause));

        Assert.Equal(
            "Scrip.Storage.StorageException: The database cannot be reached. <- System.TimeoutException: No answer in time.",
            ExceptionText.Of(outage));
    }

    private static Exception Thrown(Func<object> fails) => Assert.ThrowsAny<Exception>(() => { _ = fails(); });
}
