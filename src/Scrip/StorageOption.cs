using System.CommandLine;
using Scrip.Server.Hosting;

namespace Scrip;

/// <summary><c>--storage</c>, for every command that opens the data.</summary>
internal static class StorageOption
{
    public static readonly Option<string?> Instance = new("--storage")
    {
        Description = "Where the data is: \"Data Source=<path of a file>\", or \"Host=…;Database=…\" for PostgreSQL. By default "
            + "SCRIP_STORAGE, then appsettings, then data/scrip.db.",
        HelpName = "connection string",
    };

    public static IEnumerable<string> Settings(string? storage) =>
        storage is null ? [] : [$"--{ScripOptions.Section}:{nameof(ScripOptions.Storage)}={storage}"];
}
