namespace Scrip.Files.Formats;

/// <summary>A column of a foreign file.</summary>
/// <param name="Captions">What stands above it, in every language that is known, in any case; the product's own English first.</param>
internal sealed record FormatColumn(Field Field, params string[] Captions)
{
    /// <summary>Without this column a file is not recognised as that product's.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether an amount is a whole number of the currency's minor unit.</summary>
    public bool IsInMinorUnits { get; init; }

    /// <summary>For a yes or no: the product's own words, besides the usual ones.</summary>
    public string[] Yes { get; init; } = [];

    /// <inheritdoc cref="Yes"/>
    public string[] No { get; init; } = [];

    public bool IsCalled(string caption) => Captions.Contains(caption, StringComparer.OrdinalIgnoreCase);
}
