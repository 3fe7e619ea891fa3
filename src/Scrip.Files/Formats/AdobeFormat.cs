namespace Scrip.Files.Formats;

/// <summary>
/// Adobe Commerce's grid of gift card accounts. Balances have a currency sign, dates are in the format of its language, and <c>--</c> means
/// no date.
/// </summary>
internal static class AdobeFormat
{
    public static readonly FileFormat Format = new("adobe")
    {
        Columns =
        [
            new(Field.Ignored, "ID"),
            new(Field.Code, "Code") { IsRequired = true },
            new(Field.Ignored, "Website") { IsRequired = true },
            new(Field.Ignored, "Created", "Date Created"),
            new(Field.ExpiresAt, "End", "Expiration Date") { IsRequired = true },
            new(Field.IsActive, "Active"),
            new(Field.Ignored, "Status"),
            new(Field.Balance, "Balance") { IsRequired = true },
        ],
        // Its captions and words are translated.
        IsInFixedOrder = true,
    };
}
