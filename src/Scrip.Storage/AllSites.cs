namespace Scrip.Storage;

/// <summary>The number under which what concerns all sites is stored and takes its turns. No site has it.</summary>
internal static class AllSites
{
    public const long Id = 0;
}
