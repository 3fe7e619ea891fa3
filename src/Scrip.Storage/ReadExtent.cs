namespace Scrip.Storage;

/// <summary>How many rows a read may cover, which decides what it may delay.</summary>
internal enum ReadExtent
{
    /// <summary>A few rows found by a key. Such a read waits for no other kind.</summary>
    Few,

    /// <summary>A page or a count, for which the database may scan a table.</summary>
    Scan,

    /// <summary>Any number of rows, for as long as the client takes.</summary>
    Whole,
}
