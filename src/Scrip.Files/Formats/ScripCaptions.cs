namespace Scrip.Files.Formats;

/// <summary>The captions of the columns in Scrip's own files, in each language of the pages. The reader knows all of them.</summary>
public static class ScripCaptions
{
    public static IReadOnlyList<string> Languages => ScripFormat.Languages;

    /// <returns>The attribute's own name if it has no caption in that language.</returns>
    public static string Of(string attribute, string language)
    {
        var place = 1 + Array.IndexOf(ScripFormat.Languages, language);
        var column = ScripFormat.Format.Columns.FirstOrDefault(column => column.Captions[0] == attribute);
        return column is null || place == 0 ? attribute : column.Captions[place];
    }
}
