using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>Writes encounters: clinic visits, emergency visits, hospital stays and the intensive care inside them.</summary>
internal sealed class Visits(ClinicalChart chart)
{
    public Encounter Clinic(DateTimeOffset when, string reason) => Write(new Encounter
    {
        Class = new Coding(Systems.ActCode, "AMB", "ambulatory"),
        Type = [Coded.Concept(Systems.Snomed, "185349003", "Encounter for check up")],
        Period = when.Until(when.AddMinutes(30)),
        ReasonCode = [Coded.Named(reason)],
        Location = [At(chart.Staff.Clinic, when, when.AddMinutes(30))],
        Participant = [Attending(chart.Staff.Physician)],
    });

    /// <summary>A visit to the emergency department that ends at home.</summary>
    public Encounter Emergency(DateTimeOffset when, string reason)
    {
        var visit = Write(new Encounter
        {
            Class = new Coding(Systems.ActCode, "EMER", "emergency"),
            Type = [Coded.Concept(Systems.Snomed, "4525004", "Emergency department patient visit")],
            Period = when.Until(when.AddHours(5)),
            ReasonCode = [Coded.Named(reason)],
            Location = [At(chart.Staff.Emergency, when, when.AddHours(5))],
            Participant = [Attending(chart.Staff.Hospitalist)],
        });
        chart.Know(Period(FactKind.Emergency, "emergency", visit, when, when.AddHours(5)));
        return visit;
    }

    /// <summary>A hospital stay on the ward.</summary>
    public Encounter Admit(DateTimeOffset start, DateTimeOffset? end, string reason, string disposition = "Home")
    {
        var stay = Write(new Encounter
        {
            Class = new Coding(Systems.ActCode, "IMP", "inpatient encounter"),
            Type = [Coded.Concept(Systems.Snomed, "183452005", "Emergency hospital admission")],
            Period = start.Until(end),
            ReasonCode = [Coded.Named(reason)],
            Location = [At(chart.Staff.Ward, start, end)],
            Participant = [Attending(chart.Staff.Hospitalist)],
            Hospitalization = new Encounter.HospitalizationComponent
            {
                AdmitSource = Coded.Concept("http://terminology.hl7.org/CodeSystem/admit-source", "emd", "From accident/emergency department"),
                DischargeDisposition = end is null ? null : Coded.Named(disposition),
            },
        });
        if (end is null)
            stay.Status = Encounter.EncounterStatus.InProgress;

        chart.Know(Period(FactKind.Admission, "admission", stay, start, end) with { Text = reason, Person = Staff.NameOf(chart.Staff.Hospitalist) });
        return stay;
    }

    /// <summary>An intensive care stay inside a hospital stay.</summary>
    public Encounter IntensiveCare(Encounter stay, DateTimeOffset start, DateTimeOffset end)
    {
        var unit = Write(new Encounter
        {
            Class = new Coding(Systems.ActCode, "ACUTE", "inpatient acute"),
            Type = [Coded.Concept(Systems.Snomed, "309904001", "Intensive care unit")],
            Period = start.Until(end),
            PartOf = chart.To(stay),
            Location = [At(chart.Staff.IntensiveCare, start, end)],
            Participant = [Attending(chart.Staff.Hospitalist)],
        });
        chart.Know(Period(FactKind.IntensiveCare, "icu", unit, start, end));
        return unit;
    }

    private static Fact Period(FactKind kind, string key, Encounter encounter, DateTimeOffset start, DateTimeOffset? end) =>
        new(kind, key, ClinicalChart.Name(encounter)) { When = start, WhenText = start.Text(), End = end, EndText = end?.Text() };

    private Encounter Write(Encounter encounter)
    {
        encounter.Status = Encounter.EncounterStatus.Finished;
        encounter.Subject = chart.Subject;
        encounter.ServiceProvider = chart.To(chart.Staff.Hospital);
        return chart.Add(encounter);
    }

    private Encounter.LocationComponent At(Location place, DateTimeOffset start, DateTimeOffset? end) =>
        new() { Location = Shown(place, place.Name!), Period = start.Until(end) };

    private Encounter.ParticipantComponent Attending(Practitioner person) => new()
    {
        Type = [Coded.Concept(Systems.ParticipationType, "ATND", "attender")],
        Individual = Shown(person, Staff.NameOf(person)),
    };

    private ResourceReference Shown(Resource resource, string display)
    {
        var reference = chart.To(resource);
        reference.Display = display;
        return reference;
    }
}
