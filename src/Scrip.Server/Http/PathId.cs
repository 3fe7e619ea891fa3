namespace Scrip.Server.Http;

/// <summary>Parses an id in a path, only in the form in which ids are returned: 7, not 07 or +7.</summary>
internal static class PathId
{
    /// <summary>A text that is not an id gives 0, which no resource has.</summary>
    public static bool TryParse(string text, out long id)
    {
        if (QueryNumber.TryParse(text, out id) && text[0] != '0')
            return true;
        id = 0;
        return false;
    }
}
