using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>Something that the answer rests on and that lies before the birth or after the death.</summary>
internal sealed class LifetimeCheck : IContradictionCheck
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    public ContradictionKind Kind => ContradictionKind.AgeImplausible;

    public IEnumerable<Contradiction> Find(ContradictionContext context)
    {
        var (patient, facts) = (context.Record.Patient, context.Record.Facts);
        foreach (var resource in context.Touched.Where(resource => resource.Key.Type is not ("Patient" or "FamilyMemberHistory")))
        {
            if (resource.When?.Start is { } start && facts.Birth?.Start is { } birth && start < birth - s_day)
                yield return Of(resource, $"{Name(resource)} is recorded for {resource.WhenText}, before the patient was born.", Patient("birthDate"));
            else if (!resource.IsState && resource.When?.Start is { } happened && facts.Death?.End is { } death && happened > death + s_day)
                yield return Of(resource, $"{Name(resource)} is recorded for {resource.WhenText}, after the patient had died.", Patient("deceasedDateTime"));
        }

        Contradiction Of(RecordResource resource, string text, Records.Queries.Evidence other) =>
            new(Kind, text, [ContradictionContext.Existence(resource)], [other]);

        Records.Queries.Evidence Patient(string element)
        {
            var path = element == "birthDate" ? "Patient.birthDate" : "Patient.deceased.ofType(dateTime)";
            return new Records.Queries.Evidence(patient.Key, patient.Version, path, patient.Json.TryGetProperty(element, out var value) ? value : default, null, null);
        }
    }

    private static string Name(RecordResource resource) => resource.Concept?.Name ?? resource.Key.Type;
}
