using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Scrip.Storage.Sqlite;

/// <summary>
/// SQLite's functions that are called for every row and every value (https://sqlite.org/c3ref/funclist.html), from the same native library
/// as SQLitePCLRaw's. Its own declarations count references to a handle, atomically, around each call: a quarter of a long list
/// (docs/decisions/0013). Who calls keeps the statement alive.
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

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    public static partial int BindText(nint statement, int parameter, byte* utf8, int bytes, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    public static partial int BindBlob(nint statement, int parameter, byte* value, int bytes, nint destructor);

    // Those below only read or set a field in memory: they need not tell the collector that they have left its code.

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

    /// <summary>Valid until the next step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Bytes(nint statement, int column)
    {
        // In this order: https://sqlite.org/c3ref/column_blob.html
        var start = Blob(statement, column);
        return new ReadOnlySpan<byte>(start, BlobLength(statement, column));
    }
}
