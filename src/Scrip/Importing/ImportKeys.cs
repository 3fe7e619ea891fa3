using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Scrip.Client;

namespace Scrip.Importing;

/// <summary>
/// The keys of the parts. They are made of the file's bytes and of everything else that decides what a part is and does: the same command
/// on the same file sends the same requests with the same keys, and the server carries out none of them twice.
/// </summary>
internal sealed class ImportKeys
{
    private const int FileCharacters = 32;
    private const int CallCharacters = 16;

    private readonly string beginning;

    private ImportKeys(string beginning) => this.beginning = beginning;

    /// <param name="given">The key of the command; null for one of the file.</param>
    public static ImportKeys Of(string? given, Stream file, ImportCall call, int partRows)
    {
        if (given is not null)
            return new(given);
        file.Position = 0;
        var ofFile = Convert.ToHexStringLower(SHA256.HashData(file))[..FileCharacters];
        var meaning = string.Create(CultureInfo.InvariantCulture, $"{partRows}{call}");
        var ofCall = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(meaning)))[..CallCharacters];
        return new($"import-{ofFile}-{ofCall}");
    }

    /// <param name="part">From 1.</param>
    public string Of(int part) => string.Create(CultureInfo.InvariantCulture, $"{beginning}-{part}");
}
