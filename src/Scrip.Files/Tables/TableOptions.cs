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

    /// <summary>Excel's "Unicode text". It begins with a byte order mark and is recognised by that alone.</summary>
    Utf16,
}

/// <summary>How a file is to be read.</summary>
public sealed record TableOptions
{
    /// <summary>Null to find it out.</summary>
    public CsvSeparator? Separator { get; init; }

    /// <summary>Null to find it out. A byte order mark overrules it.</summary>
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
