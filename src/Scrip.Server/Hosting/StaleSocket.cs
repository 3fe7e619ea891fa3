using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Scrip.Storage;

namespace Scrip.Server.Hosting;

/// <summary>
/// The file of a Unix socket outlives a server that was killed, and would keep every later one from listening at its path.
/// </summary>
internal static class StaleSocket
{
    /// <summary>Removes the file if it is a socket at which nobody listens.</summary>
    /// <exception cref="AddressInUseException">A server listens there.</exception>
    /// <exception cref="IOException">The file is something else, and stays.</exception>
    public static void Remove(string path, EndPoint endpoint)
    {
        if (!File.Exists(path) || !OperatingSystem.IsLinux())
            return;
        if (!FileTypes.IsSocket(path))
            throw new IOException($"{path} is a file that is not a socket.");
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endpoint);
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }
        throw new AddressInUseException($"A server listens at {path} already.");
    }
}
