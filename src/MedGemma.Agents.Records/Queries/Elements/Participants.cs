using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads who took part in an Encounter by what they did there (https://terminology.hl7.org/ValueSet-encounter-participant-type.html).</summary>
internal static class Participants
{
    // A visit has no attender but who performed it.
    private static readonly string[] s_attending = ["ATND", "PPRF"];

    /// <summary>Their names; those of no type are taken for who attended where nobody has one.</summary>
    public static IReadOnlyList<ElementValue> Read(PatientRecord record, ElementCursor encounter, ResultElement element)
    {
        var participants = encounter.Children("participant").ToList();
        var wanted = element switch
        {
            ResultElement.Admitter => ["ADM"],
            ResultElement.Referrer => ["REF"],
            ResultElement.Discharger => ["DIS"],
            _ => s_attending,
        };
        foreach (var code in wanted)
        {
            var named = Names(record, participants.Where(participant => HasType(participant, code)));
            if (named.Count > 0)
                return named;
        }

        return element == ResultElement.Attender && !participants.Exists(participant => participant.Descend("type", "coding").Any())
            ? Names(record, participants)
            : [];
    }

    private static bool HasType(ElementCursor participant, string code) =>
        participant.Descend("type", "coding").Any(coding => coding.TryChild("code", out var found) && found.Text == code);

    private static List<ElementValue> Names(PatientRecord record, IEnumerable<ElementCursor> participants) =>
        [.. participants.SelectMany(participant => participant.Children("individual")).Select(person => References.Name(record, person)).OfType<ElementValue>()];
}
