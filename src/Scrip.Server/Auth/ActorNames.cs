using System.Globalization;
using Scrip.Ledger.Access;

namespace Scrip.Server.Auth;

/// <summary>The names of actors in the journal and the log.</summary>
internal static class ActorNames
{
    public static string Of(long actor) => actor switch
    {
        Actors.Operator => "operator",
        Actors.Developer => "developer",
        Actors.Clock => "clock",
        _ => string.Create(CultureInfo.InvariantCulture, $"token:{actor}"),
    };
}
