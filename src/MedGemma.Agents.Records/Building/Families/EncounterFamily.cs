namespace MedGemma.Agents.Records.Building.Families;

/// <summary>Encounters and episodes of care. They match a window by their start although they last, as an admission is asked for.</summary>
internal static class EncounterFamily
{
    public const int Class = Slots.Detail;
    public const int Identifier = Slots.Detail + 1;
    public const int PartOf = Slots.Detail + 2;
    public const int Location = Slots.Detail + 3;
    public const int ServiceType = Slots.Detail + 4;

    public static TypeShape[] Shapes { get; } =
    [
        new("Encounter", status: ["status"], concept: ["type", "serviceType", "class"], category: ["class"], time: ["period"],
            detail: ["class", "identifier", "partOf", "location", "serviceType"]),
        new("EpisodeOfCare", status: ["status"], concept: ["type"], time: ["period"], isState: true),
    ];
}
