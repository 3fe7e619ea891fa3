namespace Scrip.Files.Formats;

/// <summary>
/// BigCommerce's gift certificates, with the names of its API. Dates look like those of an e-mail: Mon, 2 Jan 2023 08:45:38 CST.
/// </summary>
internal static class BigCommerceFormat
{
    public static readonly FileFormat Format = new("bigcommerce")
    {
        Columns =
        [
            new(Field.Ignored, "id"),
            new(Field.Code, "code") { IsRequired = true },
            new(Field.Value, "amount") { IsRequired = true },
            new(Field.Balance, "balance") { IsRequired = true },
            new(Field.IsActive, "status") { Yes = ["active", "expired"], No = ["pending", "disabled"] },
            new(Field.ExpiresAt, "expiry_date") { IsRequired = true },
            new(Field.Currency, "currency_code"),
            new(Field.Person, "to_name"),
            new(Field.Person, "to_email"),
            new(Field.Person, "from_name"),
            new(Field.Person, "from_email"),
            new(Field.Person, "message"),
            new(Field.Ignored, "order_id"),
            new(Field.Ignored, "customer_id"),
            new(Field.Ignored, "template"),
            new(Field.Ignored, "purchase_date"),
        ],
    };
}
