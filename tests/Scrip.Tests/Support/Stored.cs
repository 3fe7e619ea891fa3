using System.Net.Http.Json;
using Microsoft.Data.Sqlite;

namespace Scrip.Tests.Support;

public sealed record StoredCertificate(long Id, string Code, long Value, long Version);

/// <summary>Everything that a server stores, at one moment. Reading it checks the invariants.</summary>
public sealed class Stored
{
    private Stored(IReadOnlyList<StoredCertificate> all)
    {
        Assert.Equal(Enumerable.Range(1, all.Count).Select(id => (long)id), all.Select(certificate => certificate.Id));
        Assert.Distinct(all.Select(certificate => certificate.Code));
        All = all;
        ByCode = all.ToDictionary(certificate => certificate.Code);
    }

    public IReadOnlyList<StoredCertificate> All { get; }
    public IReadOnlyDictionary<string, StoredCertificate> ByCode { get; }

    public StoredCertificate this[long id]
    {
        get
        {
            Assert.True(id <= All.Count, $"Certificate {id} is not there; the last one is {All.Count}.");
            return All[(int)id - 1];
        }
    }

    public static async Task<Stored> ReadAsync(HttpClient client) =>
        new((await client.GetFromJsonAsync<List<StoredCertificate>>("external/payment-certificate/?fields=id,code,value,version"))!);

    /// <summary>Runs the database's own integrity check, while no server uses it.</summary>
    public static void CheckIntegrity(string databaseFile)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = databaseFile, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma integrity_check";
        Assert.Equal("ok", command.ExecuteScalar());
    }
}
