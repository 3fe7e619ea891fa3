using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Scrip.Storage;

namespace Scrip.Server.Logging;

/// <summary>
/// Every message that Scrip writes to the log, with a number that operators can search and alert on (docs/operating/log.md). A number keeps
/// its meaning: the number of a removed message is not reused. No message contains a code, a token, a body or the value of a query.
/// </summary>
internal static partial class LogMessages
{
    // Requests.

    [LoggerMessage(
        EventId = 1000,
        Level = LogLevel.Information,
        Message = "{Method} {Pattern} {Status} in {Milliseconds} ms by {Caller}, trace {TraceId}.")]
    public static partial void RequestEnded(
        ILogger logger, string method, string pattern, int status, long milliseconds, string caller, string traceId);

    [LoggerMessage(EventId = 1001, Level = LogLevel.Debug, Message = "The client disconnected in trace {TraceId}.")]
    public static partial void ClientGone(ILogger logger, string traceId);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "The store failed ({Fault}) in trace {TraceId}.")]
    public static partial void StoreFailed(ILogger logger, StorageFault fault, string traceId, Exception exception);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Error, Message = "A request failed in trace {TraceId}.")]
    public static partial void RequestFailed(ILogger logger, string traceId, Exception exception);

    [LoggerMessage(
        EventId = 1004,
        Level = LogLevel.Warning,
        Message = "A list was cut in trace {TraceId}: its client took longer than MaxListSeconds, or it was one of the oldest, which kept "
            + "the write-ahead log beyond MaxLogBytes.")]
    public static partial void ListCut(ILogger logger, string traceId);

    // Connections.

    [LoggerMessage(
        EventId = 2000,
        Level = LogLevel.Error,
        Message = "No connection can be accepted ({Error}): the process or the machine has no file or memory left. Trying again.")]
    public static partial void NothingAccepted(ILogger logger, SocketError error);

    [LoggerMessage(
        EventId = 2001,
        Level = LogLevel.Warning,
        Message = "{Most} connections are open, which is MaxConnections: further ones are closed at once until some of them end.")]
    public static partial void ConnectionsFull(ILogger logger, int most);

    [LoggerMessage(
        EventId = 2002,
        Level = LogLevel.Error,
        Message = "Nearly all of the {Limit} files that this process may open are in use: further connections are closed at once.")]
    public static partial void FilesFull(ILogger logger, int limit);

    // The database and its contents.

    [LoggerMessage(EventId = 3000, Level = LogLevel.Warning, Message = "Not ready: {Obstacle}")]
    public static partial void NotReady(ILogger logger, string? obstacle);

    /// <summary>At the level of the warning that it ends.</summary>
    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "Ready now: data in {Storage}.")]
    public static partial void Ready(ILogger logger, string storage);

    [LoggerMessage(
        EventId = 3002,
        Level = LogLevel.Warning,
        Message = "The newest entry lies {Seconds} s ahead of the clock: it is dated {Newest:O}, and now it is {Now:O}. The clock was set "
            + "back, or was wrong before. Payments go on, and their entries are dated by the clock.")]
    public static partial void ClockBehind(ILogger logger, long seconds, DateTimeOffset newest, DateTimeOffset now);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "The site {Site} cannot be served: {Reason}")]
    public static partial void SiteNotServed(ILogger logger, string site, string reason);

    [LoggerMessage(
        EventId = 3004,
        Level = LogLevel.Error,
        Message = "The token {TokenId} of site {SiteId} cannot be used: its site is missing, or its hash is damaged.")]
    public static partial void TokenUnusable(ILogger logger, long tokenId, long siteId);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Error, Message = "Holds of site {SiteId} that have run out stay open: {Trouble}")]
    public static partial void HoldsStayOpen(ILogger logger, long siteId, string trouble);

    // Background jobs.

    [LoggerMessage(
        EventId = 4000, Level = LogLevel.Warning, Message = "The background job {Job} could not run and will be tried again: {Reason}")]
    public static partial void JobUnavailable(ILogger logger, string job, string reason);

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "The background job {Job} failed and will be tried again.")]
    public static partial void JobFailed(ILogger logger, string job, Exception exception);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning, Message = "The background job {Job} runs again.")]
    public static partial void JobRecovered(ILogger logger, string job);
}
