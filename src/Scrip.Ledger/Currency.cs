using System.Collections.Frozen;

namespace Scrip.Ledger;

/// <summary>An ISO 4217 currency with the number of digits of its minor unit: <c>JPY</c> 0, <c>MDL</c> 2, <c>KWD</c> 3.</summary>
public readonly record struct Currency
{
    // ISO 4217, list one: national currencies in use, without funds, metals and test codes.
    private static readonly FrozenSet<string> TwoDigits = Set("""
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK
        DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD
        KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP
        PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH
        USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
        """);

    private static readonly FrozenSet<string> NoDigits = Set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF");
    private static readonly FrozenSet<string> ThreeDigits = Set("BHD IQD JOD KWD LYD OMR TND");

    private readonly int digits;

    /// <summary>0 if the currency is unknown.</summary>
    private readonly long minorUnitsPerUnit;

    private Currency(string code, int digits, long minorUnitsPerUnit)
    {
        Code = code;
        this.digits = digits;
        this.minorUnitsPerUnit = minorUnitsPerUnit;
    }

    public string Code { get; }

    /// <summary>False for a stored code that this version does not know. No amount can be computed in such a currency.</summary>
    public bool IsKnown => minorUnitsPerUnit != 0;

    /// <exception cref="InvalidOperationException">The currency is unknown.</exception>
    public int Digits => IsKnown ? digits : throw Unknown();

    /// <exception cref="InvalidOperationException">The currency is unknown.</exception>
    public long MinorUnitsPerUnit => IsKnown ? minorUnitsPerUnit : throw Unknown();

    public static bool TryCreate(string code, out Currency currency)
    {
        int? digits = TwoDigits.Contains(code) ? 2 : NoDigits.Contains(code) ? 0 : ThreeDigits.Contains(code) ? 3 : null;
        currency = digits is { } known ? new Currency(code, known, known switch { 0 => 1, 2 => 100, _ => 1000 }) : default;
        return digits is not null;
    }

    /// <summary>
    /// Returns the currency of a stored code. Never fails: one site's unknown currency must not keep other sites from being read.
    /// </summary>
    public static Currency FromStored(string code) =>
        TryCreate(code, out var currency) ? currency : new Currency(code, digits: 0, minorUnitsPerUnit: 0);

    public long ToMinor(long units) => units * MinorUnitsPerUnit;

    public long ToUnits(long minor) => minor / MinorUnitsPerUnit;

    private InvalidOperationException Unknown() => new($"The currency {Code} is not known.");

    private static FrozenSet<string> Set(string codes) =>
        codes.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
