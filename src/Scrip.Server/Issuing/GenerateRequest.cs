using System.Globalization;
using System.Security.Cryptography;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Server.Auth;
using Scrip.Server.Certificates;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Issuing;

/// <summary>The body of the call that generates codes.</summary>
/// <param name="Units">The value of each certificate.</param>
/// <param name="Pattern">The pattern; null only if the request has an error.</param>
/// <param name="BatchName">The name of the batch; null for a batch that is named after its time.</param>
internal sealed record GenerateRequest(
    int Count, long Units, CodePattern? Pattern, string? BatchName, bool IsActive, CertificateTerms Terms)
{
    /// <summary>The longest pattern as written, with its escapes.</summary>
    private const int MaxPatternLength = 2 * CodePattern.MaxCharacters;

    /// <summary>The codes drawn beyond the number needed. With this many random bits, a drawn code is hardly ever taken.</summary>
    private const int Spare = 8;

    private static readonly (string Name, CodeAlphabet Alphabet, string DefaultPattern)[] Alphabets =
    [
        ("base32", CodeAlphabet.Base32, CodePattern.Default),
        ("digits", CodeAlphabet.Digits, CodePattern.DefaultOfDigits),
    ];

    public static GenerateRequest Read(ReadOnlySpan<byte> utf8, int maxCount, string timeZone, RequestErrors errors)
    {
        var body = RequestObject.Read(
            utf8, errors, "count", "value", "pattern", "alphabet", "batch", "is_active", "starts_at", "expires_at", "single_use", "note");
        var reader = new TermsReader(timeZone, errors);
        var count = RequiredInteger(body, "count", 1, maxCount);
        var units = RequiredInteger(body, "value", 0, FaceValue.MaxUnits);
        var pattern = ReadPattern(body);
        var batch = body.OptionalText("batch", Batch.MaxNameLength);
        var isActive = body.Boolean("is_active", whenAbsent: true);
        var terms = new CertificateTerms
        {
            StartsAt = body.Member("starts_at", reader.ReadStart),
            ExpiresAt = body.Member("expires_at", reader.ReadExpiry),
            SingleUse = body.Member("single_use", reader.ReadSingleUse),
            Note = body.Member("note", reader.ReadNote),
        };
        if (!terms.AreInOrder)
            body.Refuse("expires_at", ErrorCodes.OutOfRange, "expires_at must be later than starts_at.");
        return new((int)count, units, pattern, batch, isActive, terms);
    }

    /// <summary>Makes the command, with newly drawn codes.</summary>
    public GenerateCertificates ToCommand(Caller caller, RequestIdentity? identity, RandomNumberGenerator random) => new(
        Pattern!,
        CodeDrawing.Draw(Pattern!, Count + Spare, random.GetBytes),
        Count,
        caller.Site.Currency.ToMinor(Units),
        new NewBatch(BatchName, BatchSource.Generated, caller.Site.Currency))
    {
        SiteId = caller.Site.Id,
        Actor = caller.Actor,
        Identity = identity,
        IsActive = IsActive,
        Terms = Terms == CertificateTerms.Unlimited ? null : Terms,
    };

    private static long RequiredInteger(RequestObject body, string name, long least, long most)
    {
        if (!body.Has(name))
            body.Refuse(name, ErrorCodes.Required, $"{name} is required.");
        return body.Integer(name, least, most) ?? least;
    }

    private static CodePattern? ReadPattern(RequestObject body)
    {
        var name = body.OptionalText("alphabet", maxLength: 20);
        var alphabet = Alphabets.FirstOrDefault(known => known.Name == name, Alphabets[0]);
        if (name is not null && name != alphabet.Name)
            body.Refuse("alphabet", ErrorCodes.UnknownValue, $"Known values: {string.Join(", ", Alphabets.Select(known => known.Name))}.");
        if ((body.OptionalText("pattern", MaxPatternLength) ?? alphabet.DefaultPattern) is not { Length: > 0 } text)
            return null;
        var fault = CodePattern.TryParse(text, alphabet.Alphabet, out var pattern);
        if (Describe(fault, pattern) is var (code, detail))
            body.Refuse("pattern", code, detail);
        return pattern;
    }

    private static (string Code, string Detail)? Describe(PatternFault fault, CodePattern? pattern) => fault switch
    {
        PatternFault.None => null,
        PatternFault.EndsWithEscape => (ErrorCodes.InvalidPattern, @"pattern must not end with a \ that nothing follows."),
        PatternFault.SecondCheck => (ErrorCodes.InvalidPattern, @"pattern must have at most one ?. A literal one is \?."),
        PatternFault.RandomAfterCheck => (ErrorCodes.InvalidPattern, "pattern must have no # after the ?: the check character is last."),
        PatternFault.CheckWithoutBase32 => (ErrorCodes.InvalidPattern, @"Codes of digits have no check character. A literal ? is \?."),
        PatternFault.TooLong => (ErrorCodes.TooLong, $"The codes of the pattern must have at most {CodePattern.MaxCharacters} characters."),
        PatternFault.NotACode => (
            ErrorCodes.InvalidPattern, "The codes of the pattern must have no invisible characters and no white space at either end."),
        PatternFault.TooWeak => (ErrorCodes.TooWeak, string.Create(
            CultureInfo.InvariantCulture,
            $"The pattern has {pattern!.Bits} random bits; {CodePattern.MinBits} are needed: 11 characters of base32, or 17 digits.")),
    };
}
