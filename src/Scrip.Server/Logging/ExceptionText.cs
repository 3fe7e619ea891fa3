using System.Data.Common;
using System.Net.Sockets;
using System.Text;
using Scrip.Storage;

namespace Scrip.Server.Logging;

/// <summary>
/// Formats an exception for the log: its type and stack, and those of its causes. Messages are omitted, because many quote their input (a
/// JSON path, a header, a duplicate key), unless their type is known to reveal nothing of a request. A storage fault is an outage, and
/// every affected request logs a line, so it has no stack traces, which would tell an operator nothing.
/// </summary>
internal static class ExceptionText
{
    public static string Of(Exception fault)
    {
        var isOutage = fault is StorageException;
        var text = new StringBuilder();
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (text.Length > 0)
                text.Append(" <- ");
            text.Append(cause.GetType().FullName);
            if (MessageOf(cause) is { } message)
                text.Append(": ").Append(message);
            if (!isOutage)
                text.Append(cause.StackTrace);
        }
        return text.ToString();
    }

    private static string? MessageOf(Exception fault) => fault switch
    {
        // A message of the database quotes values; its state is a code of the SQL standard.
        DbException { SqlState: { } state } => "SqlState " + state,
        StorageException or SocketException or TimeoutException or DbException => fault.Message,
        // Only this type, because derived types include that of a request that is not HTTP, which quotes the request.
        _ when fault.GetType() == typeof(IOException) => fault.Message,
        _ => null,
    };
}
