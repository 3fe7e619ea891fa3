using System.Globalization;
using System.Text;
using Scrip.Storage;
using Scrip.Storage.Pipeline;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>Many sites at once in one pipeline, on either database, with all of its writers.</summary>
public sealed class ManySitesTests
{
    private const int Sites = 12;
    private const int Commands = 60;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Database", "Postgres")]
    public async Task What_a_site_sends_is_written_in_the_order_in_which_it_was_sent(bool isPostgres)
    {
        using TestDatabase database = isPostgres ? new PostgresDatabase() : new SqliteDatabase();
        using var store = database.Open();
        using (var pipeline = new WritePipeline(store, TimeProvider.System, new PipelineSettings(MaxGroupItems: 5)))
        {
            var writes = new List<Task>();
            for (var at = 1; at <= Commands; at++)
            {
                for (var site = 1; site <= Sites; site++)
                    writes.Add(pipeline.ExecuteAsync(CommandText.Parse($"create {CodesOf(at)}", site), CancellationToken.None));
                if (at % 7 == 0)
                    await Task.Yield();
            }
            // Waiting writes are finished first.
            pipeline.Dispose();
            await Task.WhenAll(writes);
        }
        for (var site = 1; site <= Sites; site++)
            AssertSorted(await CodesAsync(store, site));
    }

    /// <summary>Every tenth command is too large for a group.</summary>
    private static string CodesOf(int command) => command % 10 == 0
        ? string.Join(' ', Enumerable.Range(0, 6).Select(part => Code("LARGE", command, part)))
        : Code("SMALL", command, 0);

    private static string Code(string kind, int command, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{command:000}-{part}");

    private static void AssertSorted(IReadOnlyList<string> codes)
    {
        foreach (var kind in new[] { "SMALL", "LARGE" })
        {
            var ofKind = codes.Where(code => code.StartsWith(kind, StringComparison.Ordinal)).ToList();
            Assert.Equal(kind == "SMALL" ? Commands - (Commands / 10) : Commands / 10 * 6, ofKind.Count);
            Assert.Equal(ofKind.Order(StringComparer.Ordinal), ofKind);
        }
    }

    private static async Task<List<string>> CodesAsync(IStore store, long site)
    {
        await using var rows = await store.QueryAsync(site, CertificateQuery.Everything, CancellationToken.None);
        var codes = new List<string>();
        while (await rows.ReadAsync(CancellationToken.None))
            codes.Add(Encoding.UTF8.GetString(rows.Current.Code));
        return codes;
    }
}
