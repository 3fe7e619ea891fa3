using System.Globalization;
using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Which of the hosts that the storage setting names is used: the primary that answered last, and no other. Given all of them, the driver
/// turns to the next one whenever a pool is full or a connection fails, and a former primary that has woken up still claims to be one.
/// Used by one thread at a time.
/// </summary>
internal sealed class PostgresHosts
{
    private readonly NpgsqlConnectionStringBuilder named;

    /// <summary>As PostgreSQL writes it: eight hexadecimal digits, which a promotion raises. Empty until the first is known.</summary>
    private string timeline = "";

    /// <param name="named">The storage setting.</param>
    public PostgresHosts(NpgsqlConnectionStringBuilder named) => Used = Searched = this.named = named;

    /// <summary>For the connections that work: one host. Until one is chosen, what the setting names.</summary>
    public NpgsqlConnectionStringBuilder Used { get; private set; }

    /// <summary>For a search: all hosts, the used one first. One that hangs costs each attempt its time limit.</summary>
    public NpgsqlConnectionStringBuilder Searched { get; private set; }

    public bool AreSeveral => named.Host!.Contains(',', StringComparison.Ordinal);

    /// <summary>Returns true if another host was used before.</summary>
    public bool Use(string? host, int port)
    {
        if (!AreSeveral)
            return false;
        var before = PostgresNode.AddressOf(Used);
        Used = PostgresSettings.Only(named, host!, port);
        Searched = WithFirst(host!, port);
        return PostgresNode.AddressOf(Used) != before;
    }

    /// <summary>
    /// Returns false for a primary of an earlier timeline than one that was used. It has missed a promotion, and with it what was
    /// acknowledged since.
    /// </summary>
    public bool Accepts(string found)
    {
        if (string.CompareOrdinal(found, timeline) < 0)
            return false;
        timeline = found;
        return true;
    }

    private NpgsqlConnectionStringBuilder WithFirst(string host, int port)
    {
        var hosts = named.Host!.Split(',', StringSplitOptions.TrimEntries);
        var withPort = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        return new(named.ConnectionString)
        {
            Host = string.Join(',', hosts.OrderBy(each => each == withPort || (each == host && port == named.Port) ? 0 : 1)),
        };
    }
}
