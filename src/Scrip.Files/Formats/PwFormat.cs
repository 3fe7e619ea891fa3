namespace Scrip.Files.Formats;

/// <summary>
/// PW WooCommerce Gift Cards Pro. It only exports active cards, with their balances; a card is valid through its last day.
/// </summary>
internal static class PwFormat
{
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
}
