namespace Scrip.Files.Tables;

/// <summary>How large a file may be. A larger one is refused before it takes more memory or time.</summary>
public sealed record TableLimits
{
    /// <summary>The most characters that a spreadsheet keeps in a cell.</summary>
    public const int SpreadsheetCellCharacters = 32_767;

    /// <summary>The number of rows that a spreadsheet has, the captions included.</summary>
    public const int SpreadsheetRows = 1_048_576;

    /// <summary>The number of columns that a spreadsheet has.</summary>
    public const int SpreadsheetColumns = 16_384;

    /// <summary>The largest file, in bytes.</summary>
    public long MaxBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The largest unpacked part of an xlsx file, in bytes.</summary>
    public long MaxUnpackedBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>The most rows of an import, without captions and blank rows. A table may have more.</summary>
    public int MaxRows { get; init; } = 100_000;

    public int MaxColumns { get; init; } = 256;

    public int MaxCellCharacters { get; init; } = SpreadsheetCellCharacters;

    /// <summary>The most texts that the cells of an xlsx file share.</summary>
    public int MaxSharedTexts { get; init; } = 2_000_000;

    /// <summary>The most characters of all shared texts of an xlsx file together.</summary>
    public int MaxSharedCharacters { get; init; } = 16 * 1024 * 1024;
}
