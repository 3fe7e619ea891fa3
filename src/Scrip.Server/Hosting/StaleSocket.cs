using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Scrip.Server.Hosting;

/// <summary>
/// The file of a Unix socket outlives a server that was killed, and would keep every later one from listening at its path.
/// </summary>
internal static partial class StaleSocket
{
    private const int RelativeToWorkingFolder = -100;
    private const int DoNotFollowLinks = 0x100;
    private const int TypeOnly = 1;

    // Of struct statx, which is the same on every processor (statx(2)).
    private const int StatxBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int SocketMode = 0xC000;

    /// <summary>Removes the file if it is a socket at which nobody listens.</summary>
    /// <exception cref="AddressInUseException">A server listens there.</exception>
    /// <exception cref="IOException">The file is something else, and stays.</exception>
    public static void Remove(string path, EndPoint endpoint)
    {
        if (!File.Exists(path) || !OperatingSystem.IsLinux())
            return;
        if (!IsSocket(path))
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

    private static bool IsSocket(string path)
    {
        Span<byte> status = stackalloc byte[StatxBytes];
        return Statx(RelativeToWorkingFolder, path, DoNotFollowLinks, TypeOnly, ref MemoryMarshal.GetReference(status)) == 0
            && (BitConverter.ToUInt16(status[ModeOffset..]) & TypeMask) == SocketMode;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}
