using Scrip.Storage.Postgres;

namespace Scrip.Tests.Storage;

/// <summary>Settings that the operator omits are set for a database that may become unavailable; given ones stay.</summary>
public sealed class PostgresSettingsTests
{
    [Fact]
    public void What_is_not_given_is_what_the_page_says()
    {
        var settings = PostgresSettings.Parse("Host=db;Database=scrip");
        Assert.Equal((3, 24, 1), (settings.Timeout, settings.MaxPoolSize, settings.HostRecheckSeconds));
        Assert.Equal((true, 2, 1), (settings.TcpKeepAlive, settings.TcpKeepAliveTime, settings.TcpKeepAliveInterval));
        Assert.Equal("scrip", settings.ApplicationName);
    }

    [Fact]
    public void What_is_given_stays_in_whichever_of_its_names()
    {
        var settings = PostgresSettings.Parse(
            "Host=db;Database=scrip;timeout=15;MaxPoolSize=7;Host Recheck Seconds=10;TcpKeepAliveTime=5;ApplicationName=shop");
        Assert.Equal((15, 7, 10), (settings.Timeout, settings.MaxPoolSize, settings.HostRecheckSeconds));
        Assert.Equal((5, "shop"), (settings.TcpKeepAliveTime, settings.ApplicationName));
    }
}
