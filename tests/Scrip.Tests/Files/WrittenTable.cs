using System.Buffers;
using Scrip.Files.Tables;

namespace Scrip.Tests.Files;

/// <summary>A file that a writer produces, flushed to a stream from time to time like a response.</summary>
internal static class WrittenTable
{
    public static readonly TimeZoneInfo Chisinau = TimeZoneInfo.FindSystemTimeZoneById("Europe/Chisinau");

    public static MemoryStream Xlsx(Action<ITableWriter, Action> write) =>
        Make(output => new XlsxWriter(output, "certificates", Chisinau), write);

    public static MemoryStream Csv(Action<ITableWriter, Action> write, CsvSeparator separator = CsvSeparator.Comma) =>
        Make(output => new CsvWriter(output, separator, Chisinau), write);

    /// <summary>Rows of texts, under the captions code and note.</summary>
    public static MemoryStream OfTexts(string kind, IEnumerable<(string Code, string Note)> rows)
    {
        return kind == "xlsx" ? Xlsx(Write) : Csv(Write, Enum.Parse<CsvSeparator>(kind));

        void Write(ITableWriter writer, Action send)
        {
            writer.WriteCaptions(["code", "note"]);
            foreach (var (code, note) in rows)
            {
                writer.Write(code);
                writer.Write(note);
                writer.EndRow();
                send();
            }
        }
    }

    private static MemoryStream Make(Func<IBufferWriter<byte>, ITableWriter> create, Action<ITableWriter, Action> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var file = new MemoryStream();
        using (var writer = create(buffer))
        {
            write(writer, Send);
            writer.Complete();
        }
        Send();
        file.Position = 0;
        return file;

        void Send()
        {
            file.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
    }
}
