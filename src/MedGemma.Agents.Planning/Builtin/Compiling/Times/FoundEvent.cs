using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Times;

/// <summary>An event of the record that a question names.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Selection">How it was selected; pinned to its start it selects it alone.</param>
/// <param name="Time">Its time as recorded.</param>
internal sealed record FoundEvent(RecordResource Resource, RecordSelection Selection, string? Time)
{
    /// <summary>The time of a part of the resource, such as the stay in one of an encounter's locations; null for the whole.</summary>
    public TimeInterval? Part { get; init; }

    /// <summary>True when nothing else of its name may be meant, though the selection has more.</summary>
    public bool IsOnly { get; init; }

    /// <summary>First moment, or null when none is recorded.</summary>
    public DateTimeOffset? Start => Part is { } part ? part.Start : Resource.When?.Start;

    /// <summary>When it was over, or null when none is recorded.</summary>
    public DateTimeOffset? End => Part is { } part ? part.End : Resource.When?.End;

    /// <summary>Kinds that it was chosen by: with more of them another may be the one that is meant.</summary>
    public IReadOnlyList<RecordKind> RestsOn => [.. Selection.RestsOn.Union(Selection.Kinds)];

    /// <summary>The selection of what began at its start.</summary>
    public RecordSelection Pinned => Selection with
    {
        // The stay itself, by whatever class it was told from others.
        Encounter = Selection.Categories.Count > 0 && Resource.Key.Type == "Encounter" ? Resource.Key.ToString() : Selection.Encounter,
        Categories = Resource.Key.Type == "Encounter" ? [] : Selection.Categories,
        Window = new QueryWindow(Start, Start?.AddTicks(1), Time ?? "at its time"),
        RestsOn = RestsOn,
        BeganInWindow = Start is not null && KindFamilies.AreStates(Selection.Kinds) && !KindFamilies.AreStays(Selection.Kinds),
    };
}
