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
    public Task<int> ExecuteAsync(SqlStatement statement, DbTransaction transaction, CancellationToken cancellationToken) =>
        keepsCommands
            ? Keep(statement, transaction).ExecuteNonQueryAsync(cancellationToken)
            : statement.ExecuteAsync(connection, transaction, cancellationToken);

    /// <summary>Runs statements in a transaction of this connection, one after the other, with one round trip where the database is a server.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    public async Task ExecuteAllAsync(IReadOnlyList<SqlStatement> statements, DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (!connection.CanCreateBatch)
        {
            foreach (var statement in statements)
                await ExecuteAsync(statement, transaction, cancellationToken).ConfigureAwait(false);

            return;
        }

        var batch = connection.CreateBatch();
        await using var _ = batch.ConfigureAwait(false);
        batch.Transaction = transaction;
        foreach (var statement in statements)
            statement.AddTo(batch);

        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads rows in a transaction of this connection.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="map">Makes a value of each row.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public Task<List<T>> ReadAsync<T>(SqlStatement statement, DbTransaction transaction, Func<DbDataReader, T> map, CancellationToken cancellationToken) =>
        keepsCommands
            ? SqlStatement.ReadAsync(Keep(statement, transaction), map, cancellationToken)
            : statement.ReadAsync(connection, transaction, map, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
            await command.DisposeAsync().ConfigureAwait(false);

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private DbCommand Keep(SqlStatement statement, DbTransaction transaction)
    {
        if (_commands.TryGetValue(statement.Text, out var command))
            statement.SetValues(command, transaction);
        else
            _commands.Add(statement.Text, command = statement.ToCommand(connection, transaction));

        return command;
    }
}
