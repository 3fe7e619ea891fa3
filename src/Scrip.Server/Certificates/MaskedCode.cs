using System.Globalization;

namespace Scrip.Server.Certificates;

/// <summary>
/// A code as shown to callers that may not read certificates: enough for a person to recognise it, too little to pay with it
/// (docs/decisions/0029-who-sees-codes.md).
/// </summary>
internal static class MaskedCode
{
    private const int Shown = 4;
    private const string Ellipsis = "\u2026";

    /// <summary>
    /// The last four characters as a person counts them (text elements, so that no accent or emoji is cut in two). A code without further
    /// characters shows none of them.
    /// </summary>
    public static string Of(string code)
    {
        var starts = StringInfo.ParseCombiningCharacters(code);
        return starts.Length > Shown ? Ellipsis + code[starts[^Shown]..] : Ellipsis;
    }
}
