using System.Data.Common;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>A statement with its parameters, for either database.</summary>
internal sealed class SqlStatement(string text, params (string Name, object? Value)[] parameters)
{
    public string Text => text;

    /// <summary>Gives a command of the same text these values.</summary>
    public void SetValues(DbCommand command, DbTransaction transaction)
    {
        command.Transaction = transaction;
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
    }

    public async Task<int> ExecuteAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var command = ToCommand(connection, transaction);
        await using (command.ConfigureAwait(false))
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<List<T>> ReadAsync<T>(
        DbConnection connection,
        DbTransaction? transaction,
        Func<DbDataReader, T> map,
        CancellationToken cancellationToken)
    {
        var command = ToCommand(connection, transaction);
        await using (command.ConfigureAwait(false))
            return await ReadAsync(command, map, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads what a command gives; the command stays the caller's.</summary>
    public static async Task<List<T>> ReadAsync<T>(DbCommand command, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            rows.Add(map(reader));

        return rows;
    }

    public DbCommand ToCommand(DbConnection connection, DbTransaction? transaction)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this folder or an embedded migration; values are parameters.
        command.CommandText = text;
#pragma warning restore CA2100
        command.Transaction = transaction;
        AddParameters(command.Parameters, command.CreateParameter);
        return command;
    }

    public void AddTo(DbBatch batch)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = text;
        AddParameters(command.Parameters, command.CreateParameter);
        batch.BatchCommands.Add(command);
    }

    private void AddParameters(DbParameterCollection collection, Func<DbParameter> create)
    {
        foreach (var (name, value) in parameters)
        {
            var parameter = create();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            collection.Add(parameter);
        }
    }
}
