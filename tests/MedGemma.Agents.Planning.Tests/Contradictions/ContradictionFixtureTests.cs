using System.Text.Json;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Contradictions;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Units;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Planning.Tests.Contradictions;

/// <summary>The generator's chart that contradicts itself, and its charts that should not.</summary>
public sealed class ContradictionFixtureTests
{
    private static readonly ContradictionAnswerer s_answerer = new(
        Answering.Answerer,
        new ContradictionFinder(new RecordQueryEngine(new ConceptResolver(ConceptVocabulary.BuiltIn), new UnitConverter()), ConceptVocabulary.BuiltIn, new UnitConverter(), TimeProvider.System, NullLogger<ContradictionFinder>.Instance),
        TimeZoneInfo.Utc);

    [Theory]
    [InlineData("What was the latest potassium?", ContradictionKind.NoteAgainstRecord, "DocumentReference/contra-n-1", "Observation/contra-k-1")]
    [InlineData("What was the latest sodium?", ContradictionKind.ValuesDisagree, "Observation/contra-na-1", "Observation/contra-na-2")]
    [InlineData("What was the latest creatinine?", ContradictionKind.IncompatibleUnits, "Observation/contra-cr-1", "Observation/contra-cr-2")]
    [InlineData("Does the patient take warfarin?", ContradictionKind.EndedOrderDescribedAsCurrent, "DocumentReference/contra-n-3", "MedicationRequest/contra-m-1")]
    [InlineData("What allergies does the patient have?", ContradictionKind.AllergyAgainstOrder, "AllergyIntolerance/contra-a-1", "MedicationRequest/contra-m-2")]
    [InlineData("What allergies does the patient have?", ContradictionKind.NoteAgainstRecord, "DocumentReference/contra-n-5", "AllergyIntolerance/contra-a-1")]
    [InlineData("Does the patient have gout?", ContradictionKind.NoteAgainstRecord, "DocumentReference/contra-n-6", "Condition/contra-c-1")]
    [InlineData("What conditions does the patient have?", ContradictionKind.SexImplausible, "Patient/sec-contra", "Condition/contra-c-2")]
    [InlineData("What was the latest hemoglobin?", ContradictionKind.AgeImplausible, "Observation/contra-hb-1", "Patient/sec-contra")]
    public async Task Each_contradiction_is_shown_beside_the_answer_that_touches_it(string question, ContradictionKind kind, string oneSide, string otherSide)
    {
        var answer = await AskAsync("sec-contra", Path.Combine("security", "contradictions.ndjson"), question);

        Assert.Contains(answer.Contradictions, one => one.Kind == kind
            && one.OneSide.Any(evidence => evidence.Resource.ToString() == oneSide) && one.OtherSide.Any(evidence => evidence.Resource.ToString() == otherSide));
    }

    [Fact]
    public async Task Notes_that_agree_or_say_that_it_is_over_contradict_nothing()
    {
        foreach (var question in new[] { "What was the latest potassium?", "Does the patient take warfarin?" })
        {
            var answer = await AskAsync("sec-contra", Path.Combine("security", "contradictions.ndjson"), question);
            Assert.DoesNotContain(answer.Contradictions, one => one.OneSide[0].Resource.Id is "contra-n-2" or "contra-n-4");
        }
    }

    /// <summary>The charts of the generator contradict themselves only where that was planted; a sample of their questions shows those places and no other.</summary>
    [Fact]
    public async Task In_the_generators_charts_exactly_what_was_planted_is_shown()
    {
        var planted = File.ReadLines(Path.Combine(FixtureQuestion.Folder, "expected", "traps.jsonl"))
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Where(trap => trap.GetProperty("trap").GetString() is "note-disagrees" or "disagreeing-values")
            .Select(trap => trap.GetProperty("reference").GetString())
            .ToHashSet();
        var questions = FixtureQuestion.All.Where((_, index) => index % 9 == 0).ToList();
        var source = await FileRecordSource.OpenAsync(
            [Path.Combine(FixtureQuestion.Folder, "patients")], CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        var shown = new List<Contradiction>();
        foreach (var patient in questions.GroupBy(question => question.Patient))
        {
            var record = await Answering.ReadAsync(source, patient.Key);
            foreach (var question in patient)
                shown.AddRange((await s_answerer.AnswerAsync(record, question.ToChartQuestion(), null, TestContext.Current.CancellationToken)).Contradictions);
        }

        Assert.All(shown, one => Assert.True(one.OneSide.Concat(one.OtherSide).Any(evidence => planted.Contains(evidence.Resource.ToString())), one.Text));
        Assert.Contains(shown, one => one.Kind == ContradictionKind.NoteAgainstRecord);
        Assert.Contains(shown, one => one.Kind == ContradictionKind.ValuesDisagree);
    }

    private static async Task<Answer> AskAsync(string patient, string file, string question)
    {
        var source = await FileRecordSource.OpenAsync(
            [Path.Combine(FixtureQuestion.Folder, file)], CompleteTypes.Everything, new ResourceReaderOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        var record = await Answering.ReadAsync(source, patient);
        return await s_answerer.AnswerAsync(
            record, new ChartQuestion(question, new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero), AskerRole.Clinician, []), null, TestContext.Current.CancellationToken);
    }
}
