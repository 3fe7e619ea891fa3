using Scrip.Ledger;

namespace Scrip.Tests.Ledger;

public sealed class IdempotencyKeyTests
{
    public static TheoryData<string, string> Accepted => new()
    {
        { "abc", "abc" },
        { "\"abc\"", "abc" },
        { "  abc\t", "abc" },
        { "  \"abc\" ", "abc" },
        { "\" a \"", " a " },
        { "two words", "two words" },
        { "a\"b", "a\"b" },
        { "\"a\\\"b\"", "a\"b" },
        { "\"a\\\\b\"", "a\\b" },
        { "a\\b", "a\\b" },
        { "~!", "~!" },
        { new string('k', 255), new string('k', 255) },
        { $"\"{new string('k', 255)}\"", new string('k', 255) },
        { $"\"{string.Concat(Enumerable.Repeat("\\\"", 255))}\"", new string('"', 255) },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_key_is_a_bare_value_or_a_structured_string(string header, string text)
    {
        Assert.True(IdempotencyKey.TryParse(header, out var key));
        Assert.Equal(text, key.Text);
        Assert.Equal(IdempotencyKey.FromStored(text), key);
    }

    public static TheoryData<string> Refused =>
    [
        "",
        "   ",
        "\"\"",
        "\"abc",
        "\"",
        "\"abc\"x",
        "\"abc\" \"def\"",
        "\"abc\\\"",
        "\"a\\b\"",
        "\"a\\",
        "a\tb",
        "a\u007f",
        "ключ",
        "\"é\"",
        new string('k', 256),
        $"\"{new string('k', 256)}\"",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_empty_too_long_badly_quoted_or_not_ASCII_is_no_key(string header)
    {
        Assert.False(IdempotencyKey.TryParse(header, out var key));
        Assert.Equal(default, key);
    }

    [Fact]
    public void Keys_are_compared_exactly() =>
        Assert.NotEqual(IdempotencyKey.FromStored("abc"), IdempotencyKey.FromStored("ABC"));

    [Fact]
    public void A_key_that_was_never_made_has_no_text() =>
        Assert.Throws<InvalidOperationException>(() => default(IdempotencyKey).Text);
}
