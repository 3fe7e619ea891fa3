using System.Text;

namespace Scrip.Tests.Support;

/// <summary>
/// Simulates a disk that has lost pages of the database. The failures are real: SQLite finds them when a walk gets there.
/// </summary>
public static class BrokenPages
{
    /// <summary>
    /// Overwrites the type of each leaf page with one of the texts, in the table and in the index, while no server runs. A row may be in an
    /// inner page, which every walk visits; of two neighbouring rows one is not.
    /// </summary>
    public static void Break(string dataFolder, params string[] texts)
    {
        const int pageSize = 4096;
        const byte leaf = 0x0A;
        var file = Path.Combine(dataFolder, "scrip.db");
        var bytes = File.ReadAllBytes(file);
        var broken = 0;
        for (var at = pageSize; at < bytes.Length; at += pageSize)
        {
            if (bytes[at] != leaf || texts.All(text => bytes.AsSpan(at, pageSize).IndexOf(Encoding.UTF8.GetBytes(text)) < 0))
                continue;
            bytes[at] = 0xFF;
            broken++;
        }
        Assert.True(broken > 0, "The texts are not in the file.");
        File.WriteAllBytes(file, bytes);
    }
}
