using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Builtin;
using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Tests.Fixtures;

/// <summary>Everything between a record and an answer, as the program composes it, in UTC.</summary>
internal static class Answering
{
    private static readonly ConceptResolver s_resolver = new(ConceptVocabulary.BuiltIn);
    private static readonly RecordQueryEngine s_engine = new(s_resolver, new UnitConverter());

    public static IRecordBuilder Builder { get; } = new RecordBuilder(TimeZoneInfo.Utc);

    public static IClaimVerifier Verifier { get; } = new ClaimVerifier(new UnitConverter());

    public static IPlanner Planner { get; } = MakePlanner(PlannerConventions.Clinical);

    public static IQuestionAnswerer Answerer { get; } =
        new QuestionAnswerer(Planner, s_engine, new TemplateClaimWriter(), Verifier, TimeZoneInfo.Utc, ResourceOrdering.ByClinicalTime);

    public static IPlanner MakePlanner(PlannerConventions conventions) =>
        new BuiltinPlanner(s_resolver, ConceptVocabulary.BuiltIn, s_engine, new UnitConverter(), conventions);

    public static async Task<PatientRecord> ReadAsync(IRecordSource source, string patient)
    {
        var raw = await source.ReadAsync(patient, TestContext.Current.CancellationToken);
        Assert.NotNull(raw);
        return Builder.Build(raw);
    }

    public static Task<Answer> AskAsync(PatientRecord record, ChartQuestion question) =>
        Answerer.AnswerAsync(record, question, null, TestContext.Current.CancellationToken);

    public static Task<Answer> AskAsync(PatientRecord record, string question) =>
        AskAsync(record, new ChartQuestion(question, new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero), AskerRole.Clinician, []));
}
