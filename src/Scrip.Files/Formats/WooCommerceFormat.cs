namespace Scrip.Files.Formats;

/// <summary>
/// WooCommerce Gift Cards from version 2.5. Amounts have a decimal point; dates look like 2027-12-31 00:00:00, and 0 means no date.
/// </summary>
internal static class WooCommerceFormat
{
    public static readonly FileFormat Format = new("woocommerce")
    {
        Columns =
        [
            new(Field.Ignored, "ID"),
            new(Field.Code, "Code") { IsRequired = true },
            new(Field.Person, "Recipient"),
            new(Field.Person, "Sender"),
            new(Field.Person, "Sender E-mail"),
            new(Field.Person, "Message"),
            new(Field.Value, "Issued value") { IsRequired = true },
            new(Field.Balance, "Balance") { IsRequired = true },
            new(Field.Ignored, "Order ID"),
            new(Field.Ignored, "Order item ID"),
            new(Field.Ignored, "Template ID"),
            new(Field.Ignored, "Create date"),
            new(Field.Ignored, "Delivery date"),
            new(Field.ExpiresAt, "Expiration date"),
            new(Field.Ignored, "Redeemed date"),
            new(Field.Ignored, "Redeemed by user"),
            new(Field.Ignored, "Delivered"),
            new(Field.Ignored, "Virtual"),
            new(Field.IsActive, "Status"),
            new(Field.Currency, "Currency"),
        ],
        // Its captions are translated into the shop's language.
        IsInFixedOrder = true,
    };
}
