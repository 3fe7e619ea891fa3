using System.Globalization;

namespace Scrip.Server.Http;

/// <summary>Details like "2 of 500 items are invalid; nothing was stored."</summary>
internal static class ItemCount
{
    public static string Describe(int faulty, int items, string fault) => string.Create(
        CultureInfo.InvariantCulture,
        $"{faulty} of {items} {(items == 1 ? "item" : "items")} {(faulty == 1 ? "is" : "are")} {fault}; nothing was stored.");
}
