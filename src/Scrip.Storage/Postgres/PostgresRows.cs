using Npgsql;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage.Postgres;

/// <summary>A running query on a connection of its own: one statement, no cursor, so that nothing outlives the response.</summary>
internal sealed class PostgresRows(NpgsqlConnection connection, NpgsqlCommand command, NpgsqlDataReader reader) : ICertificateRows
{
    private const int MostBytesOfCharacter = 4;

    private readonly byte[] code = new byte[CertificateCode.MaxCharacters * MostBytesOfCharacter];
    private int codeLength;
    private long id;
    private bool isActive;
    private long faceValue;
    private long spent;
    private long held;
    private long version;
    private long createdAt;
    private long updatedAt;

    public CertificateRow Current => new()
    {
        Id = id,
        Code = code.AsSpan(0, codeLength),
        IsActive = isActive,
        FaceValue = faceValue,
        Spent = spent,
        Held = held,
        Version = version,
        CreatedAt = Microseconds.ToInstant(createdAt),
        UpdatedAt = Microseconds.ToInstant(updatedAt),
    };

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await reader.ReadAsync(cancellationToken))
                return false;
        }
        catch (NpgsqlException error)
        {
            throw PostgresFaults.Unreachable(error);
        }
        id = reader.GetInt64(0);
        codeLength = (int)reader.GetBytes(1, 0, code, 0, code.Length);
        isActive = reader.GetBoolean(2);
        faceValue = reader.GetInt64(3);
        spent = reader.GetInt64(4);
        held = reader.GetInt64(5);
        version = reader.GetInt64(6);
        createdAt = reader.GetInt64(7);
        updatedAt = reader.GetInt64(8);
        return true;
    }

    public void Dispose()
    {
        // Not a row more is fetched for a reader that has gone: the statement is cancelled on the server.
        if (!reader.IsClosed && reader.HasRows)
            command.Cancel();
        reader.Dispose();
        command.Dispose();
        connection.Dispose();
    }
}
