namespace Scrip.Server.Http;

/// <summary>An id in a path, only in the form in which ids are given out: 7, not 07 or +7.</summary>
internal static class PathId
{
    /// <summary>What is no id comes out as 0, which nothing has.</summary>
    public static bool TryParse(string text, out long id)
    {
        if (QueryNumber.TryParse(text, out id) && text[0] != '0')
            return true;
        id = 0;
        return false;
    }
}
