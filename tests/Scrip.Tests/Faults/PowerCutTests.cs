using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Scrip.Tests.Support;
using Xunit.Abstractions;

namespace Scrip.Tests.Faults;

/// <summary>
/// The power fails: what was written but not forced to the disk is lost. A kill cannot show that, because the kernel keeps what a killed
/// process wrote. A copy of a disk whose kernel never writes back by itself can.
/// </summary>
[Trait("Database", "SQLite")]
public sealed class PowerCutTests(ITestOutputHelper output)
{
    private const int DiskMebibytes = 96;
    private const int Commits = 300;

    /// <summary>Without a pause the kernel would be so busy that it writes back data that nobody forced.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    [LoopDiskFact]
    public async Task Everything_acknowledged_survives_a_power_cut()
    {
        using var home = new TemporaryFolder();
        await using var disk = await LoopDisk.CreateAsync(home, "disk", DiskMebibytes);
        var acknowledged = new List<string>();
        await using (var scrip = await ScripProcess.ServeAsync(disk.Storage))
        {
            var enough = new TaskCompletionSource();
            var writing = WriteUntilGoneAsync(scrip.Client, acknowledged, enough);
            await Task.WhenAny(enough.Task, writing);
            await scrip.SuspendAsync();
            await using var after = await disk.CopyAfterPowerCutAsync(home, "after");
            await scrip.KillAsync();
            await writing;
            output.WriteLine($"{acknowledged.Count} certificates were acknowledged.");
            Assert.InRange(acknowledged.Count, Commits, int.MaxValue);

            await using (var again = await ScripProcess.ServeAsync(after.Storage))
            {
                Assert.Empty(acknowledged.Except((await Stored.ReadAsync(again.Client)).ByCode.Keys));
                Assert.Equal(0, await again.TerminateAsync());
            }
            Stored.CheckIntegrity(after.DatabaseFile);
        }
    }

    [LoopDiskFact]
    public async Task This_power_cut_does_lose_what_was_not_forced_to_the_disk()
    {
        Assert.Equal(0, await CountLostRowsAsync("full"));
        Assert.True(await CountLostRowsAsync("normal") > 0, "Commits that were not forced survived: this machine's copy is no power cut.");
    }

    private static async Task WriteUntilGoneAsync(HttpClient client, List<string> acknowledged, TaskCompletionSource enough)
    {
        for (var number = 0; ; number++)
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"CUT-{number}");
            if (await WriteCall.BulkCreate([code], value: number).TrySendAsync(client) is not { } answer)
                return;
            Assert.Equal(HttpStatusCode.Created, answer.Status);
            acknowledged.Add(code);
            if (acknowledged.Count == Commits)
                enough.SetResult();
            await Task.Delay(Pause);
        }
    }

    /// <summary>The same experiment without Scrip: rows committed one by one by plain SQLite, at this <c>synchronous</c>.</summary>
    private async Task<long> CountLostRowsAsync(string synchronous)
    {
        using var home = new TemporaryFolder();
        await using var disk = await LoopDisk.CreateAsync(home, synchronous, DiskMebibytes);
        await using var writer = Open(disk.DatabaseFile);
        Execute(writer, "pragma journal_mode = wal");
        Execute(writer, "create table line (number integer primary key) strict");
        Execute(writer, "pragma wal_checkpoint(truncate)");
        Execute(writer, $"pragma synchronous = {synchronous}");
        for (var written = 0; written < Commits; written++)
        {
            Execute(writer, "insert into line default values");
            await Task.Delay(Pause);
        }
        await using var after = await disk.CopyAfterPowerCutAsync(home, $"{synchronous}-after");
        await using var reader = Open(after.DatabaseFile);
        var found = (long)Execute(reader, "select count(*) from line")!;
        output.WriteLine($"synchronous={synchronous}: {Commits - found} of {Commits} commits were lost.");
        return Commits - found;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
