using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>
/// The named statements, with parameters that are not boxed. Npgsql prepares a statement on a connection when it is used for the second
/// time.
/// </summary>
internal static class PostgresStatements
{
    public static string Text(string name) => SqlFiles.Statement("Postgres", name);

    /// <summary>Appends a statement to the batch. Add its parameters with <see cref="With{T}"/>, in the order of their numbers.</summary>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string name)
    {
        var command = new NpgsqlBatchCommand(Text(name));
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Appends the statement of a list or a count with its values.</summary>
    public static void Add(this NpgsqlBatch batch, long siteId, ComposedQuery query)
    {
        var command = new NpgsqlBatchCommand(query.Text).With(siteId);
        foreach (var value in query.Values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }

    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, DateTimeOffset instant) =>
        command.With(Microseconds.From(instant));

    /// <summary>Adds one column of the rows that a set-based statement takes.</summary>
    public static NpgsqlBatchCommand WithColumn<TRow, T>(
        this NpgsqlBatchCommand command, IReadOnlyCollection<TRow> rows, Func<TRow, T> value)
    {
        var column = new T[rows.Count];
        var at = 0;
        foreach (var row in rows)
            column[at++] = value(row);
        return command.With(column);
    }
}
