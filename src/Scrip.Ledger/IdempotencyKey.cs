namespace Scrip.Ledger;

/// <summary>The caller's name for one write (the header <c>Idempotency-Key</c>): 1 to 255 visible ASCII characters or spaces.</summary>
public readonly record struct IdempotencyKey
{
    public const int MaxLength = 255;

    private readonly string? text;

    private IdempotencyKey(string text) => this.text = text;

    public string Text => text ?? throw new InvalidOperationException("An idempotency key was used before it was set.");

    /// <summary>
    /// Parses a bare value or a structured-field string (RFC 8941, 3.3.3), so that <c>abc</c> and <c>"abc"</c> are the same key.
    /// </summary>
    public static bool TryParse(string header, out IdempotencyKey key)
    {
        key = default;
        var text = header.Trim();
        if (text.StartsWith('"'))
        {
            if (!TryUnquote(text, out text))
                return false;
        }
        if (text.Length is 0 or > MaxLength || text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return false;
        key = new IdempotencyKey(text);
        return true;
    }

    public static IdempotencyKey FromStored(string text) => new(text);

    public override string ToString() => Text;

    private static bool TryUnquote(string quoted, out string text)
    {
        var plain = new System.Text.StringBuilder(quoted.Length);
        text = "";
        for (var at = 1; at < quoted.Length; at++)
        {
            switch (quoted[at])
            {
                case '"':
                    text = plain.ToString();
                    return at == quoted.Length - 1;
                case '\\':
                    at++;
                    if (at == quoted.Length || quoted[at] is not ('"' or '\\'))
                        return false;
                    break;
                default:
                    break;
            }
            plain.Append(quoted[at]);
        }
        return false;
    }
}
