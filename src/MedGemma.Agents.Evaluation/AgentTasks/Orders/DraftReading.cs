namespace MedGemma.Agents.Evaluation.AgentTasks.Orders;

/// <summary>What a FHIR resource turned out to be; closed.</summary>
internal abstract record DraftReading
{
    private DraftReading()
    {
    }

    /// <summary>A draft order.</summary>
    public sealed record Draft(DraftOrder Order) : DraftReading;

    /// <summary>Not a draft order of this patient.</summary>
    /// <param name="Problem">Why, for whoever wrote it.</param>
    public sealed record Refused(string Problem) : DraftReading;
}
