namespace Scrip.Files.Formats;

/// <summary>The files of one product: which columns they have, and what is peculiar about them.</summary>
/// <param name="Name">The value of the option <c>source</c>.</param>
internal sealed record FileFormat(string Name)
{
    public required FormatColumn[] Columns { get; init; }

    /// <summary>
    /// The product always writes these columns in this order. In a language whose captions are not known the file can then be read by
    /// position, if the caller names the product.
    /// </summary>
    public bool IsInFixedOrder { get; init; }

    /// <summary>A file with a column that is not listed here is another one's.</summary>
    public bool HasNoOtherColumns { get; init; }

    /// <summary>The first line numbers the columns: 0, 1, 2 …</summary>
    public bool MayBeginWithIndexes { get; init; }

    /// <summary>The last row may be a sum, without a code.</summary>
    public bool MayEndWithTotal { get; init; }

    /// <summary>A time of midnight is that instant. In other files it is how a program writes a day.</summary>
    public bool MidnightIsAnInstant { get; init; }

    /// <summary>
    /// Every amount has a decimal point and all digits of the currency, so that <c>1.500</c> in a currency of three digits is not open.
    /// </summary>
    public bool HasAllDigits { get; init; }

    /// <summary>What a person should know who imports such a file; null where there is nothing.</summary>
    public string? Notice { get; init; }

    /// <summary>How many of the columns are known, if all that are required are there.</summary>
    /// <returns>0 for another product's file.</returns>
    public int Match(IReadOnlyCollection<string> captions)
    {
        if (!Columns.Where(column => column.IsRequired).All(column => captions.Any(column.IsCalled)))
            return 0;
        var known = captions.Count(caption => Columns.Any(column => column.IsCalled(caption)));
        return HasNoOtherColumns && known < captions.Count ? 0 : known;
    }
}
