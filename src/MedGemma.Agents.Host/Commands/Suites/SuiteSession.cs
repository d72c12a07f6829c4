using MedGemma.Agents.Evaluation.Suites.Preparing;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>A suite ready to run, and what goes when it is done: its services and the folder that its patients were written to.</summary>
internal sealed class SuiteSession(PreparedSuite prepared, ServiceProvider services, IDisposable? folder) : IAsyncDisposable
{
    /// <summary>The suite.</summary>
    public PreparedSuite Prepared => prepared;

    /// <summary>The clock.</summary>
    public TimeProvider Time => services.GetRequiredService<TimeProvider>();

    /// <summary>Refuses the run when its models are not any more what its file says.</summary>
    /// <param name="cancellationToken">Ends the wait for the models.</param>
    public Task DemandSameModelsAsync(CancellationToken cancellationToken) => MeasuredModels.DemandUnchangedAsync(prepared.Manifest.Subject, services, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync().ConfigureAwait(false);
        folder?.Dispose();
    }
}
