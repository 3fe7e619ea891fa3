namespace Scrip.Files.Tables;

/// <summary>What a file says about the type of a cell.</summary>
public enum CellKind
{
    /// <summary>Nothing, or a column to the right of the row's last cell.</summary>
    Empty,

    /// <summary>Characters of a csv file. Whether they are a text, a number or a date is for the reader to decide.</summary>
    Plain,

    /// <summary>A text that is known to be one: no program has taken it for a number.</summary>
    Text,

    /// <summary>A number of an xlsx file, as it is stored: with a point, perhaps with an exponent.</summary>
    Number,

    /// <summary>A date of an xlsx file, as <c>2027-12-31</c> or <c>2027-12-31T18:30:00</c>, without a time zone.</summary>
    Date,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A formula that failed, such as <c>#REF!</c>.</summary>
    Error,
}
