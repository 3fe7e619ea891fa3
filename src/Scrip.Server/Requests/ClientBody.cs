using Microsoft.AspNetCore.Http;

namespace Scrip.Server.Requests;

/// <summary>The client broke off while its body was being read. Nobody is left to answer, and nothing is wrong with the server.</summary>
internal sealed class ClientGoneException(Exception inner) : Exception("The client broke off.", inner);

/// <summary>The body of a request as the client sends it. The one place where it is read.</summary>
internal static class ClientBody
{
    /// <summary>
    /// Waits for the next bytes of the body and returns how many there are, 0 at its end. No token cancels it: Kestrel ends the read itself
    /// when the connection breaks, and reports an abandoned read as an error.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The body does not follow HTTP, or arrives too slowly.</exception>
    /// <exception cref="ClientGoneException">The connection was reset, or on HTTP/2 the stream.</exception>
    public static async ValueTask<int> ReadBodyAsync(this HttpRequest request, Memory<byte> buffer)
    {
        try
        {
            return await request.Body.ReadAsync(buffer, CancellationToken.None);
        }
        catch (IOException fault) when (fault.InnerException is OverflowException)
        {
            // A chunk size of 2^31 or more; Kestrel refuses every other one that it cannot read in this way itself.
            throw new BadHttpRequestException("Bad chunk size data.", StatusCodes.Status400BadRequest, fault);
        }
        catch (Exception gone) when (IsOfTheConnection(gone))
        {
            throw new ClientGoneException(gone);
        }
    }

    /// <summary>
    /// Kestrel has a type for a connection that was reset, but reports a stream of HTTP/2 that was reset as a plain IOException. A body
    /// that does not follow HTTP has a type of its own.
    /// </summary>
    private static bool IsOfTheConnection(Exception fault) => fault switch
    {
        BadHttpRequestException => false,
        _ => fault is IOException or OperationCanceledException,
    };
}
