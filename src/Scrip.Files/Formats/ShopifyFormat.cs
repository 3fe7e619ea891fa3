namespace Scrip.Files.Formats;

/// <summary>
/// Shopify. The export of its admin only has the end of each code and is refused with advice. The template of the apps that import and
/// export gift cards has whole codes.
/// </summary>
internal static class ShopifyFormat
{
    public static readonly FileFormat Format = new("shopify")
    {
        Columns =
        [
            new(Field.Ignored, "Id"),
            new(Field.Code, "Code", "Gift Card Code"),
            new(Field.LastCharacters, "Last Characters"),
            new(Field.Value, "initial_value", "Initial Value") { IsRequired = true },
            new(Field.Balance, "Balance"),
            new(Field.Currency, "Currency"),
            new(Field.ExpiresAt, "expires_on", "Expires On"),
            new(Field.IsActive, "Enabled?", "Enabled"),
            new(Field.Note, "Note"),
            new(Field.Person, "Customer Name"),
            new(Field.Person, "email"),
            new(Field.Person, "recipient_email"),
            new(Field.Person, "recipient_preferred_name"),
            new(Field.Person, "recipient_message"),
            new(Field.Person, "message"),
            new(Field.Ignored, "customer_id"),
            new(Field.Ignored, "recipient_id"),
            new(Field.Ignored, "recipient_send_notification_at"),
            new(Field.Ignored, "Order Name"),
            new(Field.Ignored, "Created At"),
            new(Field.Ignored, "Expired?", "Expired"),
            new(Field.Ignored, "Disabled At"),
        ],
        Notice = "In files of Shopify and its apps, expires_on may be the first day a card is not valid. If so, set expiry=exclusive.",
    };
}
