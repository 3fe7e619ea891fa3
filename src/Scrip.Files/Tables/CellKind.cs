namespace Scrip.Files.Tables;

/// <summary>What a file tells about the type of a cell.</summary>
public enum CellKind
{
    /// <summary>No content, or a column to the right of the row's last cell.</summary>
    Empty,

    /// <summary>Characters of a csv file. The reader decides whether they are a text, a number or a date.</summary>
    Plain,

    /// <summary>A text that is known to be one: no program has converted it to a number.</summary>
    Text,

    /// <summary>A number of an xlsx file as stored, with a decimal point and sometimes an exponent.</summary>
    Number,

    /// <summary>A date of an xlsx file, as <c>2027-12-31</c> or <c>2027-12-31T18:30:00</c>, without a time zone.</summary>
    Date,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A formula that failed, such as <c>#REF!</c>.</summary>
    Error,
}
