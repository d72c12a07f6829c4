namespace MedGemma.Agents.Sessions.Events;

/// <summary>What happens in a turn; a closed hierarchy.</summary>
[GenerateSerializer]
[Immutable]
[Alias("medgemma.session-event")]
public abstract record SessionEvent
{
    private protected SessionEvent()
    {
    }
}
