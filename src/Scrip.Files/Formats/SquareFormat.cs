namespace Scrip.Files.Formats;

/// <summary>
/// Square's gift cards, with the names of its API and the two members of the balance as columns. Amounts are in the minor unit.
/// </summary>
internal static class SquareFormat
{
    public static readonly FileFormat Format = new("square")
    {
        Columns =
        [
            new(Field.Code, "gan") { IsRequired = true },
            new(Field.Balance, "balance_money.amount", "balance_money_amount", "balance_money/amount")
            {
                IsRequired = true,
                IsInMinorUnits = true,
            },
            new(Field.Currency, "balance_money.currency", "balance_money_currency", "balance_money/currency"),
            new(Field.IsActive, "state") { Yes = ["ACTIVE"], No = ["DEACTIVATED", "BLOCKED", "PENDING", "NOT_ACTIVE"] },
            new(Field.Ignored, "id"),
            new(Field.Ignored, "type"),
            new(Field.Ignored, "gan_source"),
            new(Field.Ignored, "created_at"),
            new(Field.Ignored, "customer_ids"),
        ],
    };
}
