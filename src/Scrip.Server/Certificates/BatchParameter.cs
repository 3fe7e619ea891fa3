using Scrip.Ledger.Certificates;
using Scrip.Server.Http;

namespace Scrip.Server.Certificates;

/// <summary>The parameter that makes the certificates of a call a batch and names it.</summary>
internal static class BatchParameter
{
    public const string Name = "batch";

    /// <summary>Reads the name; null without the parameter.</summary>
    public static string? Read(QueryParameters query) => query.TextForPeople(Name, Batch.MaxNameLength);
}
