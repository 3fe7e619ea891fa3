namespace Scrip.Files.Formats;

/// <summary>pretix's list of gift cards as csv or xlsx, with translated captions. Cards from its test mode are skipped.</summary>
internal static class PretixFormat
{
    public static readonly FileFormat Format = new("pretix")
    {
        Columns =
        [
            new(Field.Code, "Gift card code") { IsRequired = true },
            new(Field.IsTest, "Test mode card"),
            new(Field.Ignored, "Creation date"),
            new(Field.ExpiresAt, "Expiry date"),
            new(Field.Note, "Special terms and conditions"),
            new(Field.Currency, "Currency"),
            new(Field.Balance, "Current value") { IsRequired = true },
            new(Field.Ignored, "Created in order"),
            new(Field.Ignored, "Last invoice number of order"),
            new(Field.Ignored, "Last invoice date of order"),
        ],
        IsInFixedOrder = true,
    };
}
