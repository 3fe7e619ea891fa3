using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Scrip.Baselines.EfCore;

/// <summary>The database that a connection string names: PostgreSQL if it has a host, otherwise a SQLite file.</summary>
internal static class ShopStorage
{
    public static void AddShop(this IServiceCollection services, string connectionString) =>
        services.AddDbContextPool<ShopContext>(options =>
        {
            if (connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase))
                options.UseNpgsql(connectionString);
            else
                options.UseSqlite(connectionString);
        });

    public static async Task MakeShopAsync(this IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ShopContext>().Database;
        await database.EnsureCreatedAsync();
        if (database.IsSqlite())
            await CheckDurabilityAsync(database);
    }

    /// <summary>
    /// Entity Framework creates SQLite files in WAL mode, and SQLite forces every commit by default. A comparison with a program that does
    /// less for its data would be meaningless.
    /// </summary>
    private static async Task CheckDurabilityAsync(DatabaseFacade database)
    {
        var mode = await database.SqlQueryRaw<string>("select journal_mode as Value from pragma_journal_mode").SingleAsync();
        var synchronous = await database.SqlQueryRaw<int>("select synchronous as Value from pragma_synchronous").SingleAsync();
        if ((mode, synchronous) != ("wal", 2))
            throw new InvalidOperationException($"The database runs with journal_mode={mode} and synchronous={synchronous}.");
    }
}
