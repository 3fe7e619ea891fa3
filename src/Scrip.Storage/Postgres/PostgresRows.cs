using Npgsql;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage.Postgres;

/// <summary>A running query on a connection of its own: one statement, no cursor, so that nothing outlives the response.</summary>
/// <param name="isLong">Many rows may be left when the reader goes: then the server is told to stop.</param>
internal sealed class PostgresRows(NpgsqlConnection connection, NpgsqlCommand command, NpgsqlDataReader reader, bool isLong)
    : ICertificateRows
{
    private const int MostBytesOfCharacter = 4;

    private readonly byte[] code = new byte[CertificateCode.MaxCharacters * MostBytesOfCharacter];
    private bool hasEnded;
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
        // The driver answers rows it has received already without a look at the token.
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            hasEnded = !await reader.ReadAsync(cancellationToken);
            if (hasEnded)
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
        if (isLong && !hasEnded)
            command.Cancel();
        reader.Dispose();
        command.Dispose();
        connection.Dispose();
    }
}
