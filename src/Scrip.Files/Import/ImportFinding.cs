namespace Scrip.Files.Import;

/// <summary>An error or a warning about a file.</summary>
/// <param name="Row">The row as a spreadsheet numbers it, from 1; null for the whole file.</param>
/// <param name="Column">The column's caption in the file; null for the whole row.</param>
/// <param name="Code">One of <see cref="ImportFault"/>, <see cref="ImportWarning"/> or <see cref="Tables.TableFault"/>.</param>
/// <param name="Detail">For people: what is wrong and what to do.</param>
public sealed record ImportFinding(int? Row, string? Column, string Code, string Detail);

/// <summary>Why a file or a row is refused. The values are part of the API.</summary>
public static class ImportFault
{
    public const string Empty = "empty_file";
    public const string TooManyRows = "too_many_rows";
    public const string UnknownSource = "unknown_source";
    public const string UnknownColumns = "unknown_columns";
    public const string AmbiguousSource = "ambiguous_source";
    public const string InvalidMap = "invalid_map";
    public const string MissingColumn = "missing_column";
    public const string RepeatedColumn = "repeated_column";
    public const string LastCharactersOnly = "last_characters_only";
    public const string AmbiguousDecimals = "ambiguous_decimals";
    public const string MixedDecimals = "mixed_decimals";
    public const string AmbiguousDates = "ambiguous_dates";
    public const string MixedDates = "mixed_dates";
    public const string ExtraCells = "extra_cells";
    public const string MissingCode = "missing_code";
    public const string RepeatedCode = "repeated_code";
    public const string SimilarCode = "similar_code";
    public const string ScientificNotation = "scientific_notation";
    public const string LostDigits = "lost_digits";
    public const string ChangedCode = "changed_code";
    public const string MaskedCode = "masked_code";
    public const string ErrorCell = "error_cell";
    public const string LostCharacters = "lost_characters";
    public const string MissingValue = "missing_value";
    public const string NotAnAmount = "not_an_amount";
    public const string TooManyDigits = "too_many_digits";
    public const string OutOfRange = "out_of_range";
    public const string BalanceOverValue = "balance_over_value";
    public const string BalanceDiffers = "balance_differs";
    public const string OtherCurrency = "other_currency";
    public const string NotADate = "not_a_date";
    public const string ExpiresBeforeStart = "expires_before_start";
    public const string NotYesOrNo = "not_yes_or_no";
    public const string NotAGiftCard = "not_a_gift_card";
}

/// <summary>What a person should check before the file is imported. The values are part of the API.</summary>
public static class ImportWarning
{
    public const string Notice = "notice";
    public const string GuessedEncoding = "guessed_encoding";
    public const string OtherSheets = "other_sheets";
    public const string IgnoredColumns = "ignored_columns";
    public const string ReadByPosition = "read_by_position";
    public const string NumericCode = "numeric_code";
    public const string PerhapsLostDigit = "perhaps_lost_digit";
    public const string RoundedValue = "rounded_value";
    public const string CurrencySign = "currency_sign";
    public const string TestCard = "test_card";
    public const string TotalRow = "total_row";
    public const string TitleRow = "title_row";
}
