using System.Globalization;
using System.Text.RegularExpressions;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Contradictions.Checks;

/// <summary>
/// Things that the answer rests on and that lie before the birth or after the death, one contradiction a name. What is written, certified or examined after a death is none.
/// </summary>
internal sealed partial class LifetimeCheck : IContradictionCheck
{
    private const int MostEvidence = 5;

    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    /// <summary>Papers, whose time is when they were written.</summary>
    private static readonly HashSet<string> s_papers = new(StringComparer.Ordinal)
    {
        "DocumentReference", "Composition", "DiagnosticReport", "Communication", "Claim", "ExplanationOfBenefit", "Coverage", "Account", "Consent", "QuestionnaireResponse", "List", "Provenance",
    };

    public ContradictionKind Kind => ContradictionKind.AgeImplausible;

    public IEnumerable<Contradiction> Find(ContradictionContext context)
    {
        var facts = context.Record.Facts;
        var touched = context.Touched.Where(resource => resource.Key.Type is not ("Patient" or "FamilyMemberHistory") && resource.When?.Start is not null).ToList();
        var early = touched.Where(resource => resource.When!.Value.Start < facts.Birth?.Start - s_day);
        var late = touched.Where(resource => !resource.IsState && resource.When!.Value.Start > facts.Death?.End + s_day && !s_papers.Contains(resource.Key.Type) && !IsOfDeath().IsMatch(Name(resource)));
        return Of(early, "before the patient was born", "birthDate", "Patient.birthDate", context).Concat(Of(late, "after the patient had died", "deceasedDateTime", "Patient.deceased.ofType(dateTime)", context));
    }

    private IEnumerable<Contradiction> Of(IEnumerable<RecordResource> resources, string when, string element, string path, ContradictionContext context)
    {
        var patient = context.Record.Patient;
        foreach (var group in resources.GroupBy(Name, StringComparer.OrdinalIgnoreCase))
        {
            var (first, count) = (group.MinBy(resource => resource.When!.Value.Start)!, group.Count());
            var times = count == 1 ? $"for {first.WhenText}" : string.Create(CultureInfo.InvariantCulture, $"{count} times, first for {first.WhenText}");
            yield return new Contradiction(
                Kind,
                $"{group.Key} is recorded {times}, {when}.",
                [.. group.OrderBy(resource => resource.When!.Value.Start).Take(MostEvidence).Select(ContradictionContext.Existence)],
                [new Evidence(patient.Key, patient.Version, path, patient.Json.TryGetProperty(element, out var value) ? value : default, null, null)]);
        }
    }

    private static string Name(RecordResource resource) => resource.Concept?.Name ?? resource.Key.Type;

    [GeneratedRegex(@"\b(death|autopsy|necropsy|post-?\s?mortem|cremation|burial|organ (donation|procurement|retrieval)|donation after)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex IsOfDeath();
}
