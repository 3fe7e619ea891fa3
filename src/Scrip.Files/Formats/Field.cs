namespace Scrip.Files.Formats;

/// <summary>What a column of a file means for a certificate.</summary>
internal enum Field
{
    /// <summary>Known, and of no use here.</summary>
    Ignored,

    Code,

    /// <summary>The end of a code whose beginning the file does not have.</summary>
    LastCharacters,

    /// <summary>What the certificate was issued for.</summary>
    Value,

    /// <summary>What is left of it.</summary>
    Balance,

    IsActive,
    StartsAt,
    ExpiresAt,
    SingleUse,
    Note,
    Currency,

    /// <summary>Who gave it, who got it, and what was written on it: personal data, kept only if the caller wants it.</summary>
    Person,

    /// <summary>Whether it is a card for trying things out, which nobody paid for.</summary>
    IsTest,

    /// <summary>Whether it is a gift card at all, in a product that has other codes in the same file.</summary>
    IsGiftCard,
}
