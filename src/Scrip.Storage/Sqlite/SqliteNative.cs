using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Scrip.Storage.Sqlite;

/// <summary>
/// The SQLite functions that are called for every row and value (https://sqlite.org/c3ref/funclist.html), from the native library that
/// SQLitePCLRaw loads. Its own declarations count references to a handle, atomically, around each call, which took a quarter of a long list
/// (docs/decisions/0013-sqlite-without-handles.md). The caller must keep the statement alive.
/// </summary>
internal static unsafe partial class SqliteNative
{
    private const string Library = "e_sqlite3";

    /// <summary>SQLITE_TRANSIENT: SQLite copies what is bound before it returns.</summary>
    public static readonly nint Transient = -1;

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_txn_state")]
    private static partial int TransactionState(nint database, nint schema);

    /// <summary>Whether no transaction is open, neither an explicit one nor that of a statement whose rows are being read.</summary>
    public static bool HasNoTransaction(sqlite3 database)
    {
        const int none = 0; // SQLITE_TXN_NONE
        return TransactionState(database.DangerousGetHandle(), schema: 0) == none;
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    public static partial int BindText(nint statement, int parameter, byte* utf8, int bytes, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    public static partial int BindBlob(nint statement, int parameter, byte* value, int bytes, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint database, string schema, int operation, void* argument);

    /// <summary>Lets SQLite's own file force itself to the disk, by its <c>xSync</c> (https://sqlite.org/c3ref/io_methods.html).</summary>
    /// <remarks>
    /// A second handle on the file would not do: closing it would release all locks of the process on the file
    /// (https://sqlite.org/howtocorrupt.html, 2.2).
    /// </remarks>
    public static int ForceFile(sqlite3 database)
    {
        const int filePointer = 7; // SQLITE_FCNTL_FILE_POINTER
        const int xSync = 5; // Its index in sqlite3_io_methods, after the version and four other methods.
        const int normal = 2; // SQLITE_SYNC_NORMAL
        nint* file;
        var result = FileControl(database.DangerousGetHandle(), "main", filePointer, &file);
        return result == raw.SQLITE_OK ? ((delegate* unmanaged[Cdecl]<nint*, int, int>)((nint*)*file)[xSync])(file, normal) : result;
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    public static partial SqliteLogFile.FileSystemOfSqlite* FindFileSystem(string? name);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    public static partial int Register(SqliteLogFile.FileSystemOfSqlite* fileSystem, int isDefault);

    // The functions below only read or set a field in memory, so the collector need not know that they have left managed code.

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    public static partial int BindInteger(nint statement, int parameter, long value);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    public static partial int BindNull(nint statement, int parameter);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    public static partial long Integer(nint statement, int column);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_type")]
    public static partial int Type(nint statement, int column);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    private static partial byte* Blob(nint statement, int column);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    private static partial int BlobLength(nint statement, int column);

    /// <summary>A blob or text, valid until the next step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Bytes(nint statement, int column)
    {
        // SQLite requires this order: https://sqlite.org/c3ref/column_blob.html
        var start = Blob(statement, column);
        return new ReadOnlySpan<byte>(start, BlobLength(statement, column));
    }
}
