namespace Scrip.Files.Formats;

/// <summary>
/// YITH WooCommerce Gift Cards Premium: semicolons between the cells, a first line that numbers the columns, dates in the shop's format
/// (with a two-digit year by default), and sometimes a row of sums at the end.
/// </summary>
internal static class YithFormat
{
    public static readonly FileFormat Format = new("yith")
    {
        Columns =
        [
            new(Field.Ignored, "Order ID"),
            new(Field.Ignored, "Gift Card ID"),
            new(Field.Code, "Code") { IsRequired = true },
            new(Field.Value, "Amount") { IsRequired = true },
            new(Field.Balance, "Current balance") { IsRequired = true },
            new(Field.Person, "Sender's name"),
            new(Field.Person, "Recipient's name"),
            new(Field.Person, "Recipient's email"),
            new(Field.Person, "Message"),
            new(Field.ExpiresAt, "Expiration date"),
            new(Field.Ignored, "Delivery date"),
            new(Field.Note, "Internal note"),
        ],
        IsInFixedOrder = true,
        MayBeginWithIndexes = true,
        MayEndWithTotal = true,
    };
}
