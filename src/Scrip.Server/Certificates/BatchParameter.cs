using Scrip.Ledger.Certificates;
using Scrip.Ledger.Unicode;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Certificates;

/// <summary>The parameter that makes the certificates of a call a batch and names it.</summary>
internal static class BatchParameter
{
    public const string Name = "batch";

    /// <summary>Reads the name; null without the parameter.</summary>
    public static string? Read(QueryParameters query, RequestErrors errors)
    {
        if (query.SearchText(Name, Batch.MaxNameLength) is not { Length: > 0 } text)
            return null;
        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
            errors.Add($"?{Name}", ErrorCodes.OuterWhiteSpace, $"{Name} must not begin or end with white space.");
        else if (InvisibleCharacters.AnyNeedlessIn(text))
            errors.Add($"?{Name}", ErrorCodes.InvisibleCharacter, RequestErrors.NoNeedlessInvisibleCharacters(Name));
        return text;
    }
}
