using System.Runtime.InteropServices;

namespace Scrip.Storage;

/// <summary>Tells what kind of file a path names, which .NET does not. Outside Linux the kind is unknown, and every check passes.</summary>
public static partial class FileTypes
{
    private const int RelativeToWorkingFolder = -100;
    private const int FollowLinks = 0;
    private const int DoNotFollowLinks = 0x100;
    private const int TypeOnly = 1;

    // The size of struct statx, which is the same on every processor (statx(2)).
    private const int StatxBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int RegularMode = 0x8000;
    private const int SocketMode = 0xC000;

    /// <summary>Whether the path, after following links, is a file with contents and not a device, pipe or socket.</summary>
    public static bool IsRegular(string path) => !OperatingSystem.IsLinux() || ModeOf(path, FollowLinks) == RegularMode;

    /// <summary>Whether the path itself, without following links, is a Unix socket.</summary>
    public static bool IsSocket(string path) => !OperatingSystem.IsLinux() || ModeOf(path, DoNotFollowLinks) == SocketMode;

    private static int? ModeOf(string path, int flags)
    {
        Span<byte> status = stackalloc byte[StatxBytes];
        return Statx(RelativeToWorkingFolder, path, flags, TypeOnly, ref MemoryMarshal.GetReference(status)) == 0
            ? BitConverter.ToUInt16(status[ModeOffset..]) & TypeMask
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}
