using System.Globalization;
using Scrip.Files.Tables;

namespace Scrip.Files.Formats;

/// <summary>
/// PW WooCommerce Gift Cards Pro. It only exports active cards, with their balances; a card is valid through its last day. Its captions may
/// be missing, because its own import does not need them.
/// </summary>
internal static class PwFormat
{
    private const string Day = "yyyy-MM-dd";

    public static readonly FileFormat Format = new("pw")
    {
        Columns =
        [
            new(Field.Code, "number") { IsRequired = true },
            new(Field.Balance, "balance") { IsRequired = true },
            new(Field.ExpiresAt, "expiration_date") { IsRequired = true },
            new(Field.Person, "recipient_email"),
        ],
    };

    /// <summary>Whether the first row of a file is a card rather than captions: a code, an amount, a date and an address.</summary>
    /// <param name="isNamed">Whether the caller names the product. Otherwise all four cells are needed to recognise it.</param>
    public static bool IsRow(TableRow row, bool isNamed)
    {
        if (row.Count > Format.Columns.Length || (row.Count < Format.Columns.Length && !isNamed))
            return false;
        var date = row.TextOf(2);
        var address = row.TextOf(3);
        return !row.TextOf(0).IsWhiteSpace()
            && decimal.TryParse(row.TextOf(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            && (date.IsEmpty || (date.Length >= Day.Length && DateOnly.TryParseExact(
                date[..Day.Length], Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)))
            && (address.IsEmpty || address.Contains('@'))
            && (isNamed || !date.IsEmpty || !address.IsEmpty);
    }
}
