namespace Scrip.Files.Formats;

/// <summary>
/// Voucherify: the file that its gift card import accepts, and the columns of its export. Dates are ISO 8601 with milliseconds.
/// </summary>
internal static class VoucherifyFormat
{
    public static readonly FileFormat Format = new("voucherify")
    {
        Columns =
        [
            new(Field.IsGiftCard, "Voucher Type", "voucher_type")
            {
                IsRequired = true,
                Yes = ["GIFT_VOUCHER"],
                No = ["DISCOUNT_VOUCHER", "LOYALTY_CARD"],
            },
            new(Field.Code, "Code") { IsRequired = true },
            new(Field.Value, "Value"),
            new(Field.Balance, "Balance", "gift_balance"),
            new(Field.IsActive, "Active"),
            new(Field.StartsAt, "Start date", "start_date"),
            new(Field.ExpiresAt, "Expiration date", "expiration_date"),
            new(Field.Note, "Additional Info", "additional_info"),
            new(Field.Ignored, "Category"),
            new(Field.Ignored, "Redemption limit", "redemption_quantity"),
            new(Field.Ignored, "Redeemed quantity", "redemption_count"),
            new(Field.Ignored, "Formula"),
            new(Field.Ignored, "id"),
            new(Field.Ignored, "campaign"),
            new(Field.Ignored, "discount_type"),
            new(Field.Ignored, "loyalty_balance"),
            new(Field.Ignored, "qr_code"),
            new(Field.Ignored, "bar_code"),
            new(Field.Ignored, "metadata"),
            new(Field.Ignored, "is_referral_code"),
            new(Field.Ignored, "created_at"),
            new(Field.Ignored, "updated_at"),
        ],
        Notice = "Amounts are read as whole units, as Voucherify's import file has them. Its API counts in hundredths: compare the totals.",
    };
}
