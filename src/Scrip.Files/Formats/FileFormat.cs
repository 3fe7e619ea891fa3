namespace Scrip.Files.Formats;

/// <summary>The files of one product: their columns and their peculiarities.</summary>
/// <param name="Name">The value of the option <c>source</c>.</param>
internal sealed record FileFormat(string Name)
{
    public required FormatColumn[] Columns { get; init; }

    /// <summary>
    /// Whether the product always writes these columns in this order. A file with captions in an unknown language can then be read by
    /// position, if the caller names the product.
    /// </summary>
    public bool IsInFixedOrder { get; init; }

    /// <summary>Whether a file with a column that is not listed here belongs to another product.</summary>
    public bool HasNoOtherColumns { get; init; }

    /// <summary>Whether the first line may number the columns: 0, 1, 2 …</summary>
    public bool MayBeginWithIndexes { get; init; }

    /// <summary>Whether the last row may be a sum, without a code.</summary>
    public bool MayEndWithTotal { get; init; }

    /// <summary>Whether midnight means that instant. In other files a program writes a day that way.</summary>
    public bool MidnightIsAnInstant { get; init; }

    /// <summary>
    /// Whether every amount has a decimal point and all digits of the currency, so that <c>1.500</c> is unambiguous in a currency with
    /// three digits.
    /// </summary>
    public bool HasAllDigits { get; init; }

    /// <summary>A note for the person who imports such a file; null if there is nothing to know.</summary>
    public string? Notice { get; init; }

    /// <summary>Returns how many of the columns are known, if all required columns are present.</summary>
    /// <returns>0 for a file of another product.</returns>
    public int Match(IReadOnlyCollection<string> captions)
    {
        if (!Columns.Where(column => column.IsRequired).All(column => captions.Any(column.IsCalled)))
            return 0;
        var known = captions.Count(caption => Columns.Any(column => column.IsCalled(caption)));
        return HasNoOtherColumns && known < captions.Count ? 0 : known;
    }
}
