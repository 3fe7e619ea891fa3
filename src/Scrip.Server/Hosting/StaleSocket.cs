using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Scrip.Storage;

namespace Scrip.Server.Hosting;

/// <summary>
/// Removes the file of a Unix socket that a killed server left behind, which would keep every later server from listening at its path.
/// </summary>
internal static class StaleSocket
{
    /// <summary>Removes the file if it is a socket on which no process listens.</summary>
    /// <exception cref="AddressInUseException">A server listens there.</exception>
    /// <exception cref="IOException">The file is not a socket, and is kept.</exception>
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
        throw new AddressInUseException($"A server already listens at {path}.");
    }
}
