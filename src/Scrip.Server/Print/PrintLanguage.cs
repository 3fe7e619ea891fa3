using System.Globalization;
using Scrip.Ledger.Certificates;

namespace Scrip.Server.Print;

/// <summary>The words of a language, and how it writes numbers and days.</summary>
internal sealed record PrintLanguage
{
    public required string Code { get; init; }
    public required NumberFormatInfo Numbers { get; init; }

    /// <summary>A format of .NET. The names of months are English.</summary>
    public required string DayFormat { get; init; }

    public required string Title { get; init; }

    /// <summary>The plural of <see cref="Title"/>.</summary>
    public required string Titles { get; init; }

    public required Func<string, string> From { get; init; }

    /// <summary>From a first day or instant, or null, to a last day, which is included, or to an instant.</summary>
    public required Func<string?, string, bool, string> Until { get; init; }

    public required string SingleUse { get; init; }
    public required string SeveralUses { get; init; }

    /// <summary>What is left on a day.</summary>
    public required Func<string, string, string> Balance { get; init; }

    public required string Inactive { get; init; }
    public required string Expired { get; init; }
    public required string Spent { get; init; }

    /// <summary>The terms of a shop that gives none of its own.</summary>
    public required string Terms { get; init; }

    public required string QrCode { get; init; }
    public required string BarCode { get; init; }

    /// <summary>How to print on the paper, which is A4 or Letter.</summary>
    public required Func<string, string> HowToPrint { get; init; }

    public required Func<int, string> Count { get; init; }
    public required Func<int, string> LeftOut { get; init; }
    public required string None { get; init; }

    /// <summary>
    /// Returns the mark on a certificate that cannot pay; null if it can. One that starts later has no mark, which would still be on the
    /// paper after the start: its validity is emphasized instead.
    /// </summary>
    public string? MarkOf(Usability usability) => usability switch
    {
        Usability.Usable or Usability.NotStarted or Usability.Insufficient => null,
        Usability.Inactive => Inactive,
        Usability.Expired => Expired,
        Usability.Spent => Spent,
    };
}
