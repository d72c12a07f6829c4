namespace MedGemma.Agents.Records.Store;

/// <summary>The values of <c>resources.standing</c>.</summary>
internal static class Ownership
{
    public const long Owned = 0;
    public const long Supporting = 1;
    public const long Shared = 2;
    public const long Unresolved = 3;
}
