using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Loop;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Notes.Claims;
using MedGemma.Agents.Planning.Notes.Extraction;
using MedGemma.Agents.Planning.Notes.Retrieval;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Units;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace MedGemma.Agents.Planning.Tests.Loop;

/// <summary>The model planner over a synthetic patient, with the agents of the repository and a scripted model.</summary>
internal sealed class ModelTurn
{
    private static readonly Lazy<Task<PatientRecord>> s_record = new(async () =>
        await Answering.ReadAsync(await FileRecordSource.OpenAsync([Path.Combine(FixtureQuestion.Folder, "patients")], CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, CancellationToken.None), "781429d8-dddf-4982-b7bc-16cfb0e67eb3"));

    public static DateTimeOffset AsOf { get; } = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<IRecordTool> Tools { get; } = MakeTools(engine => engine);

    public static AgentCatalog Agents { get; } =
        AgentCatalog.Load(new AgentFolders([Path.Combine(AppContext.BaseDirectory, "agents")]), Tools, new AnySchema());

    public FakeTimeProvider Clock { get; } = new(AsOf);

    public StepRecorder Steps { get; } = new();

    public AgentCatalog Catalog { get; init; } = Agents;

    public bool Thinks { get; init; }

    public static Task<PatientRecord> RecordAsync() => s_record.Value;

    public IQuestionAnswerer Answerer(IChatClient client, IModelDialect? dialect = null) => new ModelQuestionAnswerer(
        Catalog,
        new OneModel(client, dialect ?? new PlainDialect(), Thinks),
        Tools,
        new RecordOverviews(new RecordOverviewOptions()),
        new QuotedClaimVerifier(Answering.Verifier, new UnitConverter()),
        new NoteReaders(new RecordQueryEngine(new ConceptResolver(ConceptVocabulary.BuiltIn), new UnitConverter()), new Bm25NoteRetriever(ConceptVocabulary.BuiltIn), new NoteExtractorOptions()),
        TimeZoneInfo.Utc,
        ResourceOrdering.ByClinicalTime,
        Clock);

    public async Task<Answer> AskAsync(IChatClient client, string question, CancellationToken? cancellationToken = null) =>
        await Answerer(client).AnswerAsync(await RecordAsync(), new ChartQuestion(question, AsOf, AskerRole.Clinician, []), Steps, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>The agents with one changed.</summary>
    public static AgentCatalog With(string agent, Func<string, string> yaml)
    {
        var folder = Directory.CreateTempSubdirectory("agents-");
        try
        {
            var from = Path.Combine(AppContext.BaseDirectory, "agents", agent);
            var to = folder.CreateSubdirectory(agent);
            foreach (var file in Directory.GetFiles(from))
            {
                var text = File.ReadAllText(file);
                File.WriteAllText(Path.Combine(to.FullName, Path.GetFileName(file)), file.EndsWith("agent.yaml", StringComparison.Ordinal) ? yaml(text) : text);
            }

            return AgentCatalog.Load(new AgentFolders([Path.Combine(AppContext.BaseDirectory, "agents"), folder.FullName]), Tools, new AnySchema());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Every tool.</summary>
    /// <param name="wrap">Puts something before the engine.</param>
    public static IReadOnlyList<IRecordTool> MakeTools(Func<IRecordQueryEngine, IRecordQueryEngine> wrap)
    {
        var resolver = new ConceptResolver(ConceptVocabulary.BuiltIn);
        var engine = wrap(new RecordQueryEngine(resolver, new UnitConverter()));
        return
        [
            new RecordOverviewTool(new Lazy<RecordOverviews>(() => new RecordOverviews(new RecordOverviewOptions()))), new QueryRecordTool(engine, resolver), new ComparePeriodsTool(engine, resolver),
            new CurrentMedicationsTool(engine), new CalculateTool(engine), new ExplainCodeTool(ConceptVocabulary.BuiltIn), new ReadNoteTool(),
        ];
    }

    private sealed class AnySchema : IOutputSchemaCheck
    {
        public string? FindProblem(System.Text.Json.JsonElement schema) => null;
    }

    private sealed class OneModel(IChatClient client, IModelDialect dialect, bool thinks) : IAgentModels
    {
        public bool Has(string key) => key == "planner";

        public bool HasAdapter(string key, string adapter) => true;

        public AgentModel? Find(string key) => Has(key) ? new AgentModel(key, client, dialect, Thinks: thinks) : null;
    }
}
