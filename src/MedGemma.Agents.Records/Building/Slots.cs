namespace MedGemma.Agents.Records.Building;

/// <summary>Places of the elements that <see cref="ResourceDraft"/> collects in its one pass over a resource.</summary>
internal static class Slots
{
    public const int Meta = 0;
    public const int Subject = 1;
    public const int Encounter = 2;
    public const int Status = 3;
    public const int StatusCount = 4;
    public const int Concept = Status + StatusCount;
    public const int ConceptCount = 4;
    public const int Category = Concept + ConceptCount;
    public const int CategoryCount = 2;
    public const int Time = Category + CategoryCount;
    public const int TimeCount = 6;
    public const int Recorded = Time + TimeCount;
    public const int RecordedCount = 2;
    public const int Detail = Recorded + RecordedCount;
    public const int DetailCount = 6;
    public const int Total = Detail + DetailCount;
}
