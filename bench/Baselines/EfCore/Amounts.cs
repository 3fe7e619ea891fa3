using System.Globalization;

namespace Scrip.Baselines.EfCore;

/// <summary>Converts amounts: decimal strings with two digits in JSON, hundredths in the database.</summary>
internal static class Amounts
{
    private const int MinorUnits = 100;

    public static string Text(long minor) => ((decimal)minor / MinorUnits).ToString("0.00", CultureInfo.InvariantCulture);

    public static bool TryParse(string text, out long minor)
    {
        minor = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            || amount <= 0 || amount > long.MaxValue / MinorUnits || amount * MinorUnits % 1 != 0)
            return false;
        minor = (long)(amount * MinorUnits);
        return true;
    }
}
