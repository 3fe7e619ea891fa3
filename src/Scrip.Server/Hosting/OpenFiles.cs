using System.Globalization;

namespace Scrip.Server.Hosting;

/// <summary>
/// The number of files that this process may open, connections included. The runtime has already raised its own limit as far as it is
/// allowed.
/// </summary>
internal static class OpenFiles
{
    private const string LimitsFile = "/proc/self/limits";
    private const string Descriptors = "/proc/self/fd";
    private const string LimitName = "Max open files";

    /// <summary>The limit; null if the number is unlimited or the system does not tell.</summary>
    public static int? Limit
    {
        get
        {
            try
            {
                return Parse(File.ReadAllLines(LimitsFile));
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>How many files are open now.</summary>
    public static int Count => Directory.Exists(Descriptors) ? Directory.GetFileSystemEntries(Descriptors).Length : 0;

    /// <param name="limits">Lines like <c>Max open files            1024                 524288               files</c>.</param>
    internal static int? Parse(IEnumerable<string> limits)
    {
        var line = limits.FirstOrDefault(line => line.StartsWith(LimitName, StringComparison.Ordinal));
        var soft = line?[LimitName.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit <= int.MaxValue
            ? (int)limit
            : null;
    }
}
