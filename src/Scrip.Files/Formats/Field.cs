namespace Scrip.Files.Formats;

/// <summary>What a column of a file means for a certificate.</summary>
internal enum Field
{
    /// <summary>Known, but not needed.</summary>
    Ignored,

    Code,

    /// <summary>The end of a code, in a file without its beginning.</summary>
    LastCharacters,

    /// <summary>The amount for which the certificate was issued.</summary>
    Value,

    /// <summary>The remaining amount.</summary>
    Balance,

    IsActive,
    StartsAt,
    ExpiresAt,
    SingleUse,
    Note,
    Currency,

    /// <summary>The giver, the receiver or the message: personal data, kept only if the caller wants it.</summary>
    Person,

    /// <summary>Whether the card is a test card, for which nobody paid.</summary>
    IsTest,

    /// <summary>Whether the code is a gift card, in a product whose files also have other codes.</summary>
    IsGiftCard,
}
