using System.Globalization;
using System.Text;

namespace Scrip.Client;

/// <summary>The query of an address. Parameters without a value are left out, because an empty one is an error.</summary>
internal sealed class WireQuery
{
    private readonly StringBuilder text = new();

    public WireQuery With(string name, string? value)
    {
        if (value is not null)
            text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public WireQuery With(string name, long? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    public WireQuery With(string name, bool? value) => With(name, value is null ? null : value.Value ? "true" : "false");

    public WireQuery With(string name, DateTimeOffset? value) =>
        With(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();
}
