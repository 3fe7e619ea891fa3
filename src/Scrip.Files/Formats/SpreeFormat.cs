namespace Scrip.Files.Formats;

/// <summary>
/// Spree Commerce's export of gift cards. Amounts have a currency sign. A spent card counts as active with a balance of 0.
/// </summary>
internal static class SpreeFormat
{
    public static readonly FileFormat Format = new("spree")
    {
        Columns =
        [
            new(Field.Code, "Code") { IsRequired = true },
            new(Field.Value, "Amount") { IsRequired = true },
            new(Field.Ignored, "Amount Used"),
            new(Field.Balance, "Amount Remaining") { IsRequired = true },
            new(Field.Currency, "Currency"),
            new(Field.IsActive, "Status") { Yes = ["active", "partially_redeemed", "redeemed", "expired"], No = ["canceled"] },
            new(Field.ExpiresAt, "Expires At"),
            new(Field.Person, "Customer Email"),
            new(Field.Person, "Customer First Name"),
            new(Field.Person, "Customer Last Name"),
            new(Field.Ignored, "Created At"),
            new(Field.Ignored, "Updated At"),
        ],
    };
}
