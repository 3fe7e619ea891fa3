using Scrip.Files.Tables;

namespace Scrip.Files.Parts;

/// <summary>
/// Finds the ends of the rows of a csv file in its bytes, as the parser finds them in its text: at a line break with an even number of
/// quotation marks before. In every encoding that can be read, these characters are one byte, or two in UTF-16.
/// </summary>
internal sealed class CsvRecords(Stream file, CsvEncoding encoding)
{
    private const int BlockBytes = 256 * 1024;

    private readonly byte[] block = new byte[BlockBytes];
    private readonly int unit = encoding == CsvEncoding.Utf16 ? 2 : 1;
    private int at;
    private int end;
    private bool isBigEndian;

    /// <summary>Appends the next row to the destination, with its line break.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool ReadNext(PartBuffer destination)
    {
        var isQuoted = false;
        var isEmpty = true;
        while (Fill())
        {
            var start = at;
            for (; at < end; at += unit)
            {
                var character = CharacterAt(at);
                if (character == '"')
                    isQuoted = !isQuoted;
                if (isQuoted || character is not ('\r' or '\n'))
                    continue;
                at += unit;
                destination.Append(block.AsSpan(start, at - start));
                if (character == '\r' && Fill() && CharacterAt(at) == '\n')
                {
                    destination.Append(block.AsSpan(at, unit));
                    at += unit;
                }
                return true;
            }
            destination.Append(block.AsSpan(start, end - start));
            isEmpty = false;
        }
        return !isEmpty;
    }

    /// <summary>Reads the next block if the present one has been used up.</summary>
    private bool Fill()
    {
        if (at < end)
            return true;
        var isFirst = file.Position == 0;
        end = file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        // Half a character at the end of a broken file.
        end -= end % unit;
        at = 0;
        if (isFirst)
            isBigEndian = block is [0xFE, 0xFF, ..];
        return end > 0;
    }

    private int CharacterAt(int place) => unit == 1 ? block[place]
        : isBigEndian ? (block[place] << 8) | block[place + 1]
        : block[place] | (block[place + 1] << 8);
}
