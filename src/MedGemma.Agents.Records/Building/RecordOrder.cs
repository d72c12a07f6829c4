using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Building;

/// <summary>By the start of the clinical time, those without one last; ties by type and id, so that a record is the same however it was supplied.</summary>
internal sealed class RecordOrder : IComparer<RecordResource>
{
    public static RecordOrder Instance { get; } = new();

    public int Compare(RecordResource? x, RecordResource? y)
    {
        var byTime = Start(x!).CompareTo(Start(y!));
        if (byTime != 0)
            return byTime;

        var byType = string.CompareOrdinal(x!.Key.Type, y!.Key.Type);
        return byType != 0 ? byType : string.CompareOrdinal(x.Key.Id, y.Key.Id);
    }

    private static long Start(RecordResource resource) => resource.When switch
    {
        null => long.MaxValue,
        { Start: { } start } => start.UtcTicks,
        _ => long.MinValue,
    };
}
