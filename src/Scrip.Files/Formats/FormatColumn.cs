namespace Scrip.Files.Formats;

/// <summary>A column of another product's file.</summary>
/// <param name="Captions">Its captions in all known languages, compared ignoring case; the product's own English caption is first.</param>
internal sealed record FormatColumn(Field Field, params string[] Captions)
{
    /// <summary>Whether a file must have this column to be recognised as that product's.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether an amount is a whole number of the currency's minor unit.</summary>
    public bool IsInMinorUnits { get; init; }

    /// <summary>The product's own words for yes, in addition to the usual ones.</summary>
    public string[] Yes { get; init; } = [];

    /// <summary>The product's own words for no, in addition to the usual ones.</summary>
    /// <inheritdoc cref="Yes"/>
    public string[] No { get; init; } = [];

    public bool IsCalled(string caption) => Captions.Contains(caption, StringComparer.OrdinalIgnoreCase);
}
