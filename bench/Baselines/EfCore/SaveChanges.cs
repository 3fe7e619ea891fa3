using Microsoft.EntityFrameworkCore;

namespace Scrip.Baselines.EfCore;

internal static class SaveChanges
{
    /// <summary>Returns false if a unique key is taken or a balance would be negative.</summary>
    public static async Task<bool> TrySaveAsync(this ShopContext shop, CancellationToken cancellationToken)
    {
        try
        {
            await shop.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException refused) when (refused.InnerException is
            Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 19 } or Npgsql.PostgresException { SqlState: ['2', '3', ..] })
        {
            return false;
        }
    }
}
