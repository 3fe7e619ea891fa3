using System.Text;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage;

/// <summary>Decodes codes as both databases store them.</summary>
internal static class StoredCodes
{
    /// <summary>Decodes a stored code. Returns <paramref name="likely"/> itself when the bytes match, which saves an allocation.</summary>
    /// <param name="likely">A code that the bytes probably hold; default if none is known.</param>
    public static CertificateCode Decode(ReadOnlySpan<byte> utf8, CertificateCode likely) =>
        likely != default && Ascii.Equals(utf8, likely.Text) ? likely : CertificateCode.FromStored(Encoding.UTF8.GetString(utf8));
}
