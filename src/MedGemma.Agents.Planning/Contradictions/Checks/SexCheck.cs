using System.Text.Json;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>A diagnosis that does not go with the administrative gender: perhaps filed with the wrong patient, perhaps a gender that is not the sex at birth.</summary>
internal sealed class SexCheck : IContradictionCheck
{
    private static readonly string[] s_ofWomen =
        ["pregnancy", "preeclampsia", "miscarriage", "gestational diabetes", "endometriosis", "menopause", "ovarian cancer", "cervical cancer"];

    private static readonly string[] s_ofMen = ["prostate cancer", "benign prostatic hyperplasia", "erectile dysfunction"];

    public ContradictionKind Kind => ContradictionKind.SexImplausible;

    public IEnumerable<Contradiction> Find(ContradictionContext context)
    {
        var patient = context.Record.Patient;
        if (!context.Asks(RecordKind.Patient, RecordKind.Condition, RecordKind.Any)
            || !patient.Json.TryGetProperty("gender", out var gender) || gender.ValueKind != JsonValueKind.String)
            yield break;

        var other = gender.GetString() switch { "male" => s_ofWomen, "female" => s_ofMen, _ => [] };
        if (other.Length == 0)
            yield break;

        var found = context.Run(new RecordSelection { Kinds = [RecordKind.Condition], Concepts = other }, new ListAggregate(Distinct: true), ResultElement.Name);
        foreach (var condition in found.Values.Where(value => !value.Qualifiers.Contains("family history")))
        {
            yield return new Contradiction(
                Kind,
                $"The administrative gender is {gender.GetString()}, and {condition.Label} is recorded.",
                [new Evidence(patient.Key, patient.Version, "Patient.gender", gender, null, null)],
                [condition.Evidence[0]]);
        }
    }
}
