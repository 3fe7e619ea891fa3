using System.Data.Common;
using System.Net.Sockets;
using System.Text;
using Scrip.Storage;

namespace Scrip.Server.Logging;

/// <summary>
/// An exception for the log: its type and its stack, and those of its causes. Messages are left out, because many quote what they were
/// given (a JSON path, a header, a key that exists already), unless their type is known to say nothing of a request. A fault of the store
/// is an outage, of which every request writes a line: it has no stacks, which would tell an operator nothing.
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
        // An answer of the database quotes values; its state is a word of the SQL standard.
        DbException { SqlState: { } state } => "SqlState " + state,
        StorageException or SocketException or TimeoutException or DbException => fault.Message,
        // Not the types derived from it: among them is a request that is not HTTP, which quotes the request.
        _ when fault.GetType() == typeof(IOException) => fault.Message,
        _ => null,
    };
}
