using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Scrip.Server.Print;

/// <summary>Writes HTML. In an interpolated text the literal parts are markup, and every value is escaped.</summary>
internal sealed class HtmlWriter(IBufferWriter<byte> output)
{
    /// <summary>By default every letter that is not Latin would be written as a number.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder pending = new();

    /// <summary>Writes the interpolated text, which is already pending when this is called.</summary>
    public void Write([InterpolatedStringHandlerArgument("")] in Parts parts)
    {
        Encoding.UTF8.GetBytes(pending.ToString(), output);
        pending.Clear();
    }

    [InterpolatedStringHandler]
    internal readonly ref struct Parts
    {
        private readonly HtmlWriter html;

        public Parts(int literalLength, int formattedCount, HtmlWriter html)
        {
            this.html = html;
        }

        public void AppendLiteral(string markup) => html.pending.Append(markup);

        public void AppendFormatted(string text) => html.pending.Append(Encoder.Encode(text));

        public void AppendFormatted(int number) => html.pending.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(Markup markup) => html.pending.Append(markup.Text);
    }
}

/// <summary>A piece of HTML that is written unescaped: it has no text of a caller.</summary>
internal readonly record struct Markup(string Text);
