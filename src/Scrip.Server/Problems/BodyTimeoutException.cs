using System.Globalization;

namespace Scrip.Server.Problems;

/// <summary>The body exceeded its time limit and is incomplete.</summary>
internal sealed class BodyTimeoutException(int maxSeconds)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The body took longer than {maxSeconds} seconds; nothing was stored."));
