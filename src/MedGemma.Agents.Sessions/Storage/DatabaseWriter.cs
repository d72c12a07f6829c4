using System.Data.Common;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>An open connection that writes; one that stays open keeps the commands it has compiled. Not safe for concurrent use.</summary>
/// <param name="connection">The connection, which the writer owns.</param>
/// <param name="keepsCommands">Whether commands are used again.</param>
internal sealed class DatabaseWriter(DbConnection connection, bool keepsCommands) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>The connection.</summary>
    public DbConnection Connection => connection;

    /// <summary>Begins a transaction.</summary>
    /// <param name="cancellationToken">Cancels the wait for it.</param>
    public ValueTask<DbTransaction> BeginAsync(CancellationToken cancellationToken) => connection.BeginTransactionAsync(cancellationToken);

    /// <summary>Runs a statement in a transaction of this connection.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>Rows changed.</returns>
    public async Task<int> ExecuteAsync(SqlStatement statement, DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (!keepsCommands)
            return await statement.ExecuteAsync(connection, transaction, cancellationToken).ConfigureAwait(false);

        if (_commands.TryGetValue(statement.Text, out var command))
            statement.SetValues(command, transaction);
        else
            _commands.Add(statement.Text, command = statement.ToCommand(connection, transaction));

        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
            await command.DisposeAsync().ConfigureAwait(false);

        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
