namespace Scrip.Files.Formats;

/// <summary>Gift Up!'s file of gift cards. Dates look like 2027-12-31, amounts like 49.99.</summary>
internal static class GiftUpFormat
{
    public static readonly FileFormat Format = new("giftup")
    {
        Columns =
        [
            new(Field.Code, "Code") { IsRequired = true },
            new(Field.Value, "Initial Balance"),
            new(Field.Balance, "Balance") { IsRequired = true },
            new(Field.StartsAt, "Valid From"),
            new(Field.ExpiresAt, "Expires On") { IsRequired = true },
            new(Field.Person, "Purchaser Name"),
            new(Field.Person, "Purchaser Email"),
            new(Field.Person, "Recipient Name"),
            new(Field.Person, "Recipient Email"),
            new(Field.Person, "Message"),
            new(Field.Ignored, "Price"),
            new(Field.Ignored, "Tip"),
            new(Field.Ignored, "Item Name"),
            new(Field.Ignored, "Description"),
            new(Field.Ignored, "Terms"),
            new(Field.Ignored, "Issued On"),
        ],
    };
}
