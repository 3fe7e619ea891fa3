namespace Scrip.Files.Tables;

/// <summary>What separates the cells of a csv file.</summary>
public enum CsvSeparator
{
    Comma,
    Semicolon,
    Tab,
}

/// <summary>How a csv file stores its characters.</summary>
public enum CsvEncoding
{
    Utf8,
    Windows1251,
    Windows1250,

    /// <summary>Excel's "Unicode text". It begins with a byte order mark, by which alone it is recognised.</summary>
    Utf16,
}

/// <summary>How to read a file.</summary>
public sealed record TableOptions
{
    /// <summary>Null to detect the separator.</summary>
    public CsvSeparator? Separator { get; init; }

    /// <summary>Null to detect the encoding. A byte order mark overrides it.</summary>
    public CsvEncoding? Encoding { get; init; }

    public TableLimits Limits { get; init; } = new();
}

internal static class CsvSeparatorCharacter
{
    public static char Character(this CsvSeparator separator) => separator switch
    {
        CsvSeparator.Comma => ',',
        CsvSeparator.Semicolon => ';',
        CsvSeparator.Tab => '\t',
    };
}
