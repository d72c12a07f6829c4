using System.Diagnostics;
using System.Text.RegularExpressions;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Contradictions;
using MedGemma.Agents.Planning.Tests.Builtin;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Planning.Tests.Notes;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Planning.Tests.Contradictions;

/// <summary>Looking for contradictions never takes a finished answer away, and never takes long.</summary>
public sealed class ContradictionBudgetTests
{
    private static readonly RecordQueryEngine s_engine = new(new ConceptResolver(ConceptVocabulary.BuiltIn), new UnitConverter());
    private readonly FakeTimeProvider _clock = new();

    public static TheoryData<Type> Failures => [typeof(RegexMatchTimeoutException), typeof(InvalidOperationException)];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_check_that_fails_leaves_the_answer_and_is_said_not_to_be_checked(Type failure)
    {
        var answer = await AskAsync(new Check(ContradictionKind.NoteAgainstRecord, _ => throw (Exception)Activator.CreateInstance(failure)!), new Check(ContradictionKind.ValuesDisagree, _ => { }));

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal([ContradictionKind.NoteAgainstRecord], answer.ContradictionsNotChecked);
        Assert.Equal([ContradictionKind.ValuesDisagree], answer.Contradictions.Select(one => one.Kind));
        Assert.EndsWith("Whether the record contradicts itself was not checked to the end: notes against coded data.", answer.Text, StringComparison.Ordinal);
        Assert.Contains("\"contradictionsNotChecked\":[\"note-against-record\"]", AnswerJson.ToText(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_time_is_up_what_is_left_is_said_not_to_be_checked()
    {
        var answer = await AskAsync(
            new Check(ContradictionKind.ValuesDisagree, _ => { }),
            new Check(ContradictionKind.IncompatibleUnits, _ => _clock.Advance(TimeSpan.FromMinutes(1))),
            new Check(ContradictionKind.NoteAgainstRecord, context => _ = context.Notes.Find(["potassium"])));

        Assert.Equal([ContradictionKind.ValuesDisagree, ContradictionKind.IncompatibleUnits], answer.Contradictions.Select(one => one.Kind));
        Assert.Equal([ContradictionKind.NoteAgainstRecord], answer.ContradictionsNotChecked);
    }

    [Fact]
    public async Task A_turn_that_is_cancelled_while_looking_ends_as_cancelled()
    {
        using var turn = new CancellationTokenSource();
        var answerer = Answerer(new Check(ContradictionKind.ValuesDisagree, context =>
        {
            turn.Cancel();
            _ = context.Notes.Find(["potassium"]);
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answerer.AnswerAsync(Record("Potassium 4.4."), Question, null, turn.Token));
    }

    /// <summary>A line of megabytes without an end of a sentence, and every concept of the chart looked for in it.</summary>
    [Fact]
    public async Task A_huge_note_is_checked_to_the_end_in_little_time()
    {
        var note = string.Concat(Enumerable.Repeat("potassium was is of at was is of at denies a history of no known ", 60_000)) + "\nPotassium: 9.9 mmol/L today.";
        var answerer = new ContradictionAnswerer(
            Answering.Answerer, new ContradictionFinder(s_engine, ConceptVocabulary.BuiltIn, new UnitConverter(), TimeProvider.System, NullLogger<ContradictionFinder>.Instance), TimeZoneInfo.Utc);
        var started = Stopwatch.GetTimestamp();
        var answer = await answerer.AnswerAsync(Record(note), Question, null, TestContext.Current.CancellationToken);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        if (answer.ContradictionsNotChecked.Count == 0)
            Assert.Contains(answer.Contradictions, one => one.Quote == "Potassium: 9.9 mmol/L today.");
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("She has Crohn's disease.", "Crohn's disease", true)]
    [InlineData("CROHN'S DISEASE", "Crohn's disease", true)]
    [InlineData("Crohn s disease", "Crohn's disease", false)]
    [InlineData("hypokalemia", "kalemia", false)]
    [InlineData("potassium4", "potassium", false)]
    [InlineData("type 2 diabetes, type 2 diabetes", "type 2 diabetes", true)]
    public void A_name_is_found_letter_for_letter_as_whole_words(string note, string name, bool isFound)
    {
        var index = new NoteWordIndex([new Planning.Notes.NoteText(0, note, "", null, new Evidence(new ResourceKey("DocumentReference", "n"), "1", "text", default, null, null), null)], CancellationToken.None);

        var found = index.Find([name]);
        Assert.Equal(isFound, found.Count > 0);
        Assert.All(found, mention => Assert.Equal(name, mention.Sentence.Text.Substring(mention.Start, mention.Length), StringComparer.OrdinalIgnoreCase));
        Assert.Equal(found.Select(mention => mention.Start).Order(), found.Select(mention => mention.Start));
    }

    private static ChartQuestion Question => new("What was the latest potassium?", HandWrittenRecord.AsOf, AskerRole.Clinician, []);

    private static PatientRecord Record(string note) => HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        $$"""{"resourceType":"Observation","id":"k1","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2823-3","display":"Potassium [Moles/volume] in Serum or Plasma"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-06-03T06:00:00Z","valueQuantity":{"value":4.4,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"} }""",
        NoteRecords.Note("n1", "2025-06-03T15:00:00Z", note),
    ]);

    private ContradictionAnswerer Answerer(params Check[] checks) =>
        new(Answering.Answerer, new ContradictionFinder(s_engine, new UnitConverter(), _clock, NullLogger<ContradictionFinder>.Instance, checks), TimeZoneInfo.Utc);

    private Task<Answer> AskAsync(params Check[] checks) => Answerer(checks).AnswerAsync(Record("Potassium 4.4."), Question, null, TestContext.Current.CancellationToken);

    /// <summary>Does what it is told to, and then finds one.</summary>
    private sealed class Check(ContradictionKind kind, Action<ContradictionContext> act) : IContradictionCheck
    {
        public ContradictionKind Kind => kind;

        public IEnumerable<Contradiction> Find(ContradictionContext context)
        {
            act(context);
            yield return new Contradiction(kind, kind.ToString(), [], []);
        }
    }
}
