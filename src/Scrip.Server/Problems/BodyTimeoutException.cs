using System.Globalization;

namespace Scrip.Server.Problems;

/// <summary>The body has taken as long as it may and is not complete.</summary>
internal sealed class BodyTimeoutException(int maxSeconds)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The body took longer than {maxSeconds} seconds; nothing was stored."));
