using MedGemma.Agents.Planning.Contradictions;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Tests.Testing;
using MedGemma.Agents.Records.Units;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Planning.Tests.Contradictions;

/// <summary>
/// What is found when everything in the charts of a data set is asked for: in other people's charts, of which each finding was looked up in the raw data, no more than that. Behind
/// MEDGEMMA_SOAK, as is all that needs minutes.
/// </summary>
public sealed class ContradictionSurveyTests(ITestOutputHelper output)
{
    private static readonly RecordQueryEngine s_engine = new(new ConceptResolver(ConceptVocabulary.BuiltIn), new UnitConverter());

    private static readonly RecordKind[] s_lists =
        [RecordKind.Medication, RecordKind.Allergy, RecordKind.Condition, RecordKind.Immunization, RecordKind.Procedure, RecordKind.Encounter, RecordKind.LaboratoryResult, RecordKind.VitalSign];

    /// <summary>
    /// The generator plants one note and one pair of values a chart. Synthea gives two patients two ejection fractions at one instant, one patient a filtration rate in two units, and
    /// the same one chemotherapy for months after the death; its notes and MIMIC-IV have nothing.
    /// </summary>
    [Theory]
    [InlineData("patients", "NoteAgainstRecord 8 in 8, ValuesDisagree 8 in 8")]
    [InlineData("synthea", "AgeImplausible 5 in 1, IncompatibleUnits 1 in 1, ValuesDisagree 2 in 2")]
    [InlineData("synthea-notes", "")]
    [InlineData("mimic-demo", "")]
    public async Task Only_what_the_raw_data_hold_is_found(string set, string expected)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MEDGEMMA_SOAK") is null, "Runs with MEDGEMMA_SOAK=1.");
        var folder = set == "patients" ? Path.Combine(FixtureQuestion.Folder, set) : SharedData.Require(set);
        var source = await FileRecordSource.OpenAsync([folder], CompleteTypes.Everything, new ResourceReaderOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        var finder = new ContradictionFinder(s_engine, ConceptVocabulary.BuiltIn, new UnitConverter(), TimeProvider.System, NullLogger<ContradictionFinder>.Instance);
        var (queries, found) = (0, new Dictionary<(string Patient, ContradictionKind Kind, string Side), string>());
        foreach (var patient in await source.FindPatientsAsync("", int.MaxValue, TestContext.Current.CancellationToken))
        {
            var record = await Answering.ReadAsync(source, patient.Id);
            var last = record.Concepts.Entries.SelectMany(entry => entry.Resources).Max(resource => resource.When?.Start);
            var context = new QueryContext(last ?? new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);
            RecordQuery[] asked =
            [
                .. s_lists.Select(kind => new RecordQuery(new RecordSelection { Kinds = [kind] }, new ListAggregate())),
                .. record.Concepts.Entries.Select(entry => new RecordQuery(new RecordSelection { Kinds = [RecordKind.Any], Concepts = [entry.Name] }, new ListAggregate())),
            ];
            foreach (var query in asked)
            {
                queries++;
                var findings = finder.Find(record, [s_engine.Run(record, query, context)], context, TestContext.Current.CancellationToken);
                Assert.Empty(findings.NotChecked);
                foreach (var one in findings.Found)
                    found[(patient.Id, one.Kind, one.OneSide[0].Resource.ToString())] = one.Text;
            }
        }

        foreach (var ((patient, kind, _), text) in found)
            output.WriteLine($"{patient} {kind}: {text}");
        var kinds = found.Keys.GroupBy(one => one.Kind.ToString()).OrderBy(group => group.Key, StringComparer.Ordinal);
        var counts = string.Join(", ", kinds.Select(group => $"{group.Key} {group.Count()} in {group.Select(one => one.Patient).Distinct().Count()}"));
        output.WriteLine($"{set}: {queries} queries, {counts}");
        Assert.Equal(expected, counts);
    }
}
