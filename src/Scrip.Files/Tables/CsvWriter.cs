using System.Buffers;

namespace Scrip.Files.Tables;

/// <summary>
/// Writes csv according to RFC 4180, in UTF-8 with the byte order mark that Excel needs. Times are RFC 3339 in the given zone, which is
/// exact and readable there.
/// </summary>
public sealed class CsvWriter(IBufferWriter<byte> output, CsvSeparator separator, TimeZoneInfo timeZone) : ITableWriter
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:sszzz";
    private const string PreciseInstant = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz";

    private readonly byte separatorByte = (byte)separator.Character();
    private readonly SearchValues<byte> special = SearchValues.Create([(byte)separator.Character(), (byte)'"', (byte)'\r', (byte)'\n']);
    private bool isFirstCell = true;

    public void WriteCaptions(ReadOnlySpan<string> captions)
    {
        output.Write(System.Text.Encoding.UTF8.Preamble);
        foreach (var caption in captions)
            Write(caption);
        EndRow();
    }

    public void Write(ReadOnlySpan<byte> utf8)
    {
        Separate();
        var isMarked = CsvCell.NeedsMark(utf8);
        var isQuoted = utf8.ContainsAny(special);
        if (isQuoted)
            output.Write("\""u8);
        if (isMarked)
            output.Write("'"u8);
        for (int quote; isQuoted && (quote = utf8.IndexOf((byte)'"')) >= 0; utf8 = utf8[(quote + 1)..])
        {
            output.Write(utf8[..(quote + 1)]);
            output.Write("\""u8);
        }
        output.Write(utf8);
        if (isQuoted)
            output.Write("\""u8);
    }

    public void Write(string? text)
    {
        using var utf8 = new Utf8Text(text ?? "", stackalloc byte[Utf8Text.StackBytes]);
        Write(utf8.Bytes);
    }

    public void Write(long number)
    {
        Separate();
        output.WriteNumber(number);
    }

    public void Write(bool value)
    {
        Separate();
        output.Write(value ? "true"u8 : "false"u8);
    }

    public void Write(DateTimeOffset instant)
    {
        Separate();
        var isWhole = instant.Ticks % TimeSpan.TicksPerSecond == 0;
        output.WriteDate(TimeZoneInfo.ConvertTime(instant, timeZone), isWhole ? Instant : PreciseInstant);
    }

    public void WriteAmount(long minor, int digits)
    {
        Separate();
        output.WriteAmount(minor, digits);
    }

    public void WriteEmpty() => Separate();

    public void EndRow()
    {
        output.Write("\r\n"u8);
        isFirstCell = true;
    }

    /// <summary>Does nothing: a csv file ends with its last row.</summary>
    public void Complete()
    {
    }

    public void Dispose()
    {
    }

    private void Separate()
    {
        if (!isFirstCell)
            output.Write([separatorByte]);
        isFirstCell = false;
    }
}
