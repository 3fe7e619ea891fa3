using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Scrip.Storage.Sqlite;

/// <summary>
/// The write-ahead log as the writing connection sees it. SQLite writes page by page, a header and then the page; this class passes them to
/// the system in large pieces, the last one when SQLite forces the file to the disk (docs/decisions/0017-log-in-one-piece.md).
/// </summary>
/// <remarks>
/// It is a virtual file system for SQLite (https://sqlite.org/vfs.html) on top of SQLite's own, which handles every file except the log.
/// With <c>synchronous = full</c> every commit forces the log before other connections learn of the commit, so no connection misses what is
/// buffered here.
/// </remarks>
internal static unsafe class SqliteLogFile
{
    /// <summary>The name by which a connection requests this file system.</summary>
    public const string FileSystem = "scrip-log";

    /// <summary>SQLite's own file accepts less than 128 KiB at a time.</summary>
    private const int Capacity = 96 * 1024;

    private static readonly FileSystemOfSqlite* Inner = SqliteNative.FindFileSystem(name: null);

    /// <summary>Registers the name with SQLite for the life of the process. Its memory lives as long.</summary>
    public static void Register()
    {
        var ours = (FileSystemOfSqlite*)NativeMemory.Alloc((nuint)sizeof(FileSystemOfSqlite));
        *ours = *Inner;
        ours->FileSize = BufferAt + sizeof(Buffer);
        ours->Next = 0;
        ours->Name = Marshal.StringToCoTaskMemUTF8(FileSystem);
        ours->Open = &Open;
        _ = SqliteNative.Register(ours, isDefault: 0);
    }

    /// <summary>The offset of the buffer, aligned, after SQLite's own part of a file.</summary>
    private static int BufferAt => (Inner->FileSize + 7) & ~7;

    private static Buffer* BufferOf(nint* file) => (Buffer*)((byte*)file + BufferAt);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(FileSystemOfSqlite* fileSystem, byte* name, nint* file, int flags, int* flagsOut)
    {
        var result = Inner->Open(Inner, name, file, flags, flagsOut);
        if (result != raw.SQLITE_OK || (flags & raw.SQLITE_OPEN_WAL) == 0)
            return result;
        var buffer = BufferOf(file);
        *buffer = new Buffer { Inner = (Methods*)*file, Bytes = (byte*)NativeMemory.Alloc(Capacity) };
        buffer->Ours = *buffer->Inner;
        buffer->Ours.Version = 1;
        buffer->Ours.Close = &Close;
        buffer->Ours.Read = &Read;
        buffer->Ours.Write = &Write;
        buffer->Ours.Truncate = &Truncate;
        buffer->Ours.Sync = &Sync;
        buffer->Ours.Size = &Size;
        *file = (nint)(&buffer->Ours);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(nint* file)
    {
        var buffer = BufferOf(file);
        var flushed = Flush(file, buffer);
        NativeMemory.Free(buffer->Bytes);
        var closed = buffer->Inner->Close(file);
        return flushed != raw.SQLITE_OK ? flushed : closed;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(nint* file, byte* to, int count, long offset)
    {
        var buffer = BufferOf(file);
        var flushed = Flush(file, buffer);
        return flushed != raw.SQLITE_OK ? flushed : buffer->Inner->Read(file, to, count, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint* file, byte* from, int count, long offset)
    {
        var buffer = BufferOf(file);
        if (offset != buffer->Start + buffer->Count || buffer->Count + count > Capacity)
        {
            var flushed = Flush(file, buffer);
            if (flushed != raw.SQLITE_OK)
                return flushed;
            if (count > Capacity)
                return buffer->Inner->Write(file, from, count, offset);
            buffer->Start = offset;
        }
        Unsafe.CopyBlockUnaligned(buffer->Bytes + buffer->Count, from, (uint)count);
        buffer->Count += count;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(nint* file, long size)
    {
        var buffer = BufferOf(file);
        var flushed = Flush(file, buffer);
        return flushed != raw.SQLITE_OK ? flushed : buffer->Inner->Truncate(file, size);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(nint* file, int flags)
    {
        var buffer = BufferOf(file);
        var flushed = Flush(file, buffer);
        return flushed != raw.SQLITE_OK ? flushed : buffer->Inner->Sync(file, flags);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Size(nint* file, long* size)
    {
        var buffer = BufferOf(file);
        var flushed = Flush(file, buffer);
        return flushed != raw.SQLITE_OK ? flushed : buffer->Inner->Size(file, size);
    }

    /// <summary>Writes the buffer. What could not be written is dropped: SQLite rolls the transaction back or closes.</summary>
    private static int Flush(nint* file, Buffer* buffer)
    {
        var count = buffer->Count;
        buffer->Count = 0;
        var start = buffer->Start;
        buffer->Start = 0;
        return count == 0 ? raw.SQLITE_OK : buffer->Inner->Write(file, buffer->Bytes, count, start);
    }

    private struct Buffer
    {
        public Methods* Inner;
        public Methods Ours;
        public byte* Bytes;
        public int Count;
        public long Start;
    }

    /// <summary>The first version of <c>sqlite3_io_methods</c> (https://sqlite.org/c3ref/io_methods.html): the log needs no more.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Methods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<nint*, int> Close;
        public delegate* unmanaged[Cdecl]<nint*, byte*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<nint*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<nint*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<nint*, int, int> Sync;
        public delegate* unmanaged[Cdecl]<nint*, long*, int> Size;
        private readonly nint @lock, unlock, checkReservedLock, fileControl, sectorSize, deviceCharacteristics;
    }

    /// <summary><c>sqlite3_vfs</c>, version 3 (https://sqlite.org/c3ref/vfs.html).</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FileSystemOfSqlite
    {
        private readonly int version;
        public int FileSize;
        private readonly int longestPath;
        public nint Next;
        public nint Name;
        private readonly nint data;
        public delegate* unmanaged[Cdecl]<FileSystemOfSqlite*, byte*, nint*, int, int*, int> Open;
        private readonly nint delete, access, fullPath, dlOpen, dlError, dlSym, dlClose, randomness, sleep, currentTime, lastError;
        private readonly nint currentTimeInt64, setSystemCall, getSystemCall, nextSystemCall;
    }
}
