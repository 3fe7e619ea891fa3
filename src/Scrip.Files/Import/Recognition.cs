using Scrip.Files.Formats;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>Recognises the product that wrote a file.</summary>
internal static class Recognition
{
    /// <param name="isNumbered">Whether a line that numbers the columns is above the captions.</param>
    /// <exception cref="TableException">The product is unknown or ambiguous.</exception>
    public static FileFormat Find(ImportOptions options, IReadOnlyList<string> captions, bool isNumbered)
    {
        if (options.Source == FileFormats.Generic)
            return GenericFormat.Parse(options.Map);
        if (options.Map is not null)
            throw new TableException(ImportFault.InvalidMap, $"map requires source={FileFormats.Generic}.");
        if (options.Source != FileFormats.Auto)
        {
            return FileFormats.All.FirstOrDefault(format => format.Name == options.Source)
                ?? throw new TableException(ImportFault.UnknownSource, $"source is one of {string.Join(", ", FileFormats.Sources)}.");
        }
        var numbered = FileFormats.All.FirstOrDefault(format => format.MayBeginWithIndexes && format.Columns.Length == captions.Count);
        return isNumbered && numbered is not null ? numbered : Recognise([.. captions.Where(caption => caption.Length > 0)]);
    }

    private static FileFormat Recognise(string[] captions)
    {
        var best = FileFormats.All.Select(format => (Format: format, Known: format.Match(captions)))
            .Where(match => match.Known > 0)
            .OrderByDescending(match => match.Known)
            .ToArray();
        if (best.Length == 0)
        {
            throw new TableException(
                ImportFault.UnknownColumns,
                $"No known product writes these columns: {string.Join(", ", captions)}. Name the product with source, or the columns with "
                + $"source={FileFormats.Generic}&map=code:…,value:….");
        }
        if (best.Length > 1 && best[0].Known == best[1].Known)
        {
            throw new TableException(
                ImportFault.AmbiguousSource,
                $"The columns could be {best[0].Format.Name}'s or {best[1].Format.Name}'s. Set source to one of them.");
        }
        return best[0].Format;
    }
}
