using System.Text;

namespace Scrip.Files.Tables;

/// <summary>The dialect of a csv file: detected from its bytes unless the caller specifies it.</summary>
/// <param name="HasSeparatorLine">Whether the first line is <c>sep=;</c>, which Excel reads but does not show.</param>
internal sealed record CsvDialect(CsvEncoding Encoding, CsvSeparator Separator, bool HasSeparatorLine)
{
    private const int BlockBytes = 64 * 1024;

    /// <summary>How many lines at the start are examined for the separator.</summary>
    private const int SampleLines = 50;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The decoder for this file. It consumes the byte order mark and replaces invalid bytes with U+FFFD.</summary>
    public Encoding TextEncoding => Encoding switch
    {
        CsvEncoding.Utf8 => System.Text.Encoding.UTF8,
        CsvEncoding.Utf16 => System.Text.Encoding.Unicode,
        CsvEncoding.Windows1251 => CodePagesEncodingProvider.Instance.GetEncoding(1251)!,
        CsvEncoding.Windows1250 => CodePagesEncodingProvider.Instance.GetEncoding(1250)!,
    };

    /// <exception cref="TableException">The file is not text.</exception>
    public static CsvDialect Find(Stream file, TableOptions options)
    {
        var encoding = MarkedEncoding(file) ?? options.Encoding ?? GuessEncoding(file);
        var found = new CsvDialect(encoding, options.Separator ?? CsvSeparator.Comma, HasSeparatorLine: false);
        file.Position = 0;
        using var text = new StreamReader(file, found.TextEncoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var sample = new char[BlockBytes];
        var start = sample.AsSpan(0, text.ReadBlock(sample));
        if (start.Contains('\0'))
        {
            throw new TableException(
                TableFault.NotATable,
                "The file is not text, or is UTF-16 without a byte order mark. Save it as .xlsx, or as .csv in UTF-8.");
        }
        if (IsMarkup(start.TrimStart()))
        {
            throw new TableException(
                TableFault.NotATable,
                "The file is XML or a web page, whatever its name ends with. Open it in a spreadsheet and save it as .xlsx.");
        }
        var named = NamedSeparator(start);
        return found with { Separator = options.Separator ?? named ?? GuessSeparator(start), HasSeparatorLine = named is not null };
    }

    private static CsvEncoding? MarkedEncoding(Stream file)
    {
        Span<byte> start = stackalloc byte[3];
        file.Position = 0;
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.SequenceEqual(System.Text.Encoding.UTF8.Preamble))
            return CsvEncoding.Utf8;
        return start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? CsvEncoding.Utf16 : null;
    }

    /// <summary>
    /// UTF-8 if the whole file is valid UTF-8. Otherwise one of two Windows code pages: in Cyrillic words high bytes are adjacent, in
    /// Romanian and other Latin words they are single.
    /// </summary>
    private static CsvEncoding GuessEncoding(Stream file)
    {
        var decoder = StrictUtf8.GetDecoder();
        var block = new byte[BlockBytes];
        var characters = new char[StrictUtf8.GetMaxCharCount(BlockBytes)];
        file.Position = 0;
        try
        {
            for (int read; (read = file.Read(block)) > 0;)
                decoder.GetChars(block.AsSpan(0, read), characters, flush: false);
            decoder.GetChars([], characters, flush: true);
            return CsvEncoding.Utf8;
        }
        catch (DecoderFallbackException)
        {
            return GuessCodePage(file, block);
        }
    }

    private static CsvEncoding GuessCodePage(Stream file, byte[] block)
    {
        var high = 0L;
        var besideAnother = 0L;
        var isLastHigh = false;
        file.Position = 0;
        for (int read; (read = file.Read(block)) > 0;)
        {
            foreach (var one in block.AsSpan(0, read))
            {
                var isHigh = one >= 0x80;
                high += isHigh ? 1 : 0;
                besideAnother += isHigh && isLastHigh ? 1 : 0;
                isLastHigh = isHigh;
            }
        }
        return besideAnother * 2 > high ? CsvEncoding.Windows1251 : CsvEncoding.Windows1250;
    }

    /// <summary>Shops export such files as <c>.xls</c> and <c>.xml</c>, which a spreadsheet opens.</summary>
    private static bool IsMarkup(ReadOnlySpan<char> start) =>
        start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase)
        || start.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)
        || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
        || start.StartsWith("<table", StringComparison.OrdinalIgnoreCase);

    private static CsvSeparator? NamedSeparator(ReadOnlySpan<char> start)
    {
        if (!start.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
            return null;
        return start[4..].TrimStart('"') switch
        {
            [',', ..] => CsvSeparator.Comma,
            [';', ..] => CsvSeparator.Semicolon,
            ['\t', ..] => CsvSeparator.Tab,
            _ => null,
        };
    }

    /// <summary>
    /// The character that occurs equally often in most lines. A decimal comma occurs in the data, but not in the captions.
    /// </summary>
    private static CsvSeparator GuessSeparator(ReadOnlySpan<char> start)
    {
        var best = (Separator: CsvSeparator.Comma, Lines: 0, Count: 0);
        foreach (var separator in Enum.GetValues<CsvSeparator>())
        {
            var (lines, count) = Agreement(start, separator.Character());
            if (lines > best.Lines || (lines == best.Lines && count > best.Count))
                best = (separator, lines, count);
        }
        return best.Separator;
    }

    /// <returns>How many lines have the character equally often, and how often that is.</returns>
    private static (int Lines, int Count) Agreement(ReadOnlySpan<char> start, char separator)
    {
        var linesByCount = new Dictionary<int, int>();
        var (lines, count, isQuoted, isBlank) = (0, 0, false, true);
        foreach (var character in start)
        {
            if (character == '"')
                isQuoted = !isQuoted;
            else if (character == separator && !isQuoted)
                count++;
            else if (character == '\n' && !isQuoted)
                EndLine();
            isBlank &= character is '\r' or '\n';
            if (lines == SampleLines)
                break;
        }
        if (!isBlank && lines < SampleLines)
            EndLine();
        return linesByCount.Where(pair => pair.Key > 0)
            .OrderByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key)
            .Select(pair => (pair.Value, pair.Key))
            .FirstOrDefault();

        void EndLine()
        {
            if (!isBlank)
            {
                linesByCount[count] = linesByCount.GetValueOrDefault(count) + 1;
                lines++;
            }
            (count, isBlank) = (0, true);
        }
    }
}
