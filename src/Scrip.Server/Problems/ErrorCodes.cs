namespace Scrip.Server.Problems;

/// <summary>The values of <c>errors[].code</c>. docs/api/problems.md has the same list.</summary>
internal static class ErrorCodes
{
    public const string NotJson = "not_json";
    public const string TooDeep = "too_deep";
    public const string WrongType = "wrong_type";
    public const string Required = "required";
    public const string UnknownMember = "unknown_member";
    public const string RepeatedMember = "repeated_member";
    public const string NotAllowed = "not_allowed";
    public const string NotAnInteger = "not_an_integer";
    public const string OutOfRange = "out_of_range";
    public const string TooManyDigits = "too_many_digits";
    public const string Empty = "empty";
    public const string TooLong = "too_long";
    public const string NotUnicode = "not_unicode";
    public const string ControlCharacter = "control_character";
    public const string InvisibleCharacter = "invisible_character";
    public const string OuterWhiteSpace = "outer_white_space";
    public const string UnknownValue = "unknown_value";
    public const string AfterTheEnd = "after_the_end";
    public const string DiffersFromPath = "differs_from_path";
    public const string RepeatedId = "repeated_id";
    public const string RepeatedCode = "repeated_code";
    public const string UnknownParameter = "unknown_parameter";
    public const string RepeatedParameter = "repeated_parameter";
    public const string NotFound = "not_found";
    public const string VersionMismatch = "version_mismatch";
    public const string CodeTaken = "code_taken";
    public const string ValueBelowUsed = "value_below_used";
    public const string ExpiresBeforeStart = "expires_before_start";
    public const string Spent = "spent";
    public const string NameTaken = "name_taken";
    public const string InvalidPattern = "invalid_pattern";
    public const string TooWeak = "too_weak";

    /// <summary>All codes, in the order above.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(ErrorCodes).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];
}
