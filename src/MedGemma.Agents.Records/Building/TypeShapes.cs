using System.Collections.Frozen;
using MedGemma.Agents.Records.Building.Families;

namespace MedGemma.Agents.Records.Building;

/// <summary>The shapes of all types that are known in depth; the rest have a bare one.</summary>
internal static class TypeShapes
{
    private static readonly FrozenDictionary<string, TypeShape> Known = new[]
    {
        EncounterFamily.Shapes,
        ObservationFamily.Shapes,
        ConditionFamily.Shapes,
        MedicationFamily.Shapes,
        CareFamily.Shapes,
        DocumentFamily.Shapes,
        AdministrationFamily.Shapes,
    }.SelectMany(shapes => shapes).ToFrozenDictionary(shape => shape.Type, StringComparer.Ordinal);

    /// <summary>The shape of a type; for one that is not known in depth what nearly every resource has.</summary>
    public static TypeShape Of(string type) => Known.TryGetValue(type, out var shape)
        ? shape
        : new TypeShape(type, status: ["status"], concept: ["code", "type"], time: ["date", "created"]);
}
