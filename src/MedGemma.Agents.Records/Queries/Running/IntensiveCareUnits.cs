using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>
/// Intensive care stays of sources that record none as Encounters of their own: the time in each location of an Encounter that is called an intensive care unit
/// (<c>Encounter.location</c>, https://hl7.org/fhir/R4/encounter-definitions.html#Encounter.location).
/// </summary>
internal static class IntensiveCareUnits
{
    /// <summary>The stays, each a part of its Encounter; none where the source has Encounters for them.</summary>
    public static IEnumerable<Finding> Of(PatientRecord record) =>
        record.OfKind(RecordKind.IcuStay).Length > 0 ? [] : record.OfKind(RecordKind.Encounter).SelectMany(Findings.CareUnits).Where(unit => Is(record, unit));

    /// <summary>Whether a location of an Encounter is such a stay.</summary>
    public static bool Is(PatientRecord record, Finding unit) =>
        unit.Part >= 0 && unit.Resource.Key.Type == "Encounter" && record.OfKind(RecordKind.IcuStay).Length == 0
        && PeopleAndPlaces.Locations(record, ElementCursor.Of(unit.Resource), unit.Part).Any(place => EncounterKinds.NamesIntensiveCare(place.Value.GetString()));
}
