using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Tests.Serving;
using MedGemma.Agents.Inference.Chat;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Loop;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace MedGemma.Agents.Host.Tests.Agents;

/// <summary>The model planner over the synthetic patients, with the real engine and <see cref="TinyPlannerModel"/>.</summary>
internal sealed class TinyPlanner : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tiny-planner-").FullName;
    private readonly ServiceProvider _services = CommandServices.Build();
    private readonly Dictionary<string, PatientRecord> _records = new(StringComparer.Ordinal);
    private LlamaGenerator _engine = null!;
    private FileRecordSource _source = null!;
    private ModelQuestionAnswerer _answerer = null!;

    private TinyPlanner()
    {
    }

    /// <summary>Calls the engine; wrapped in what a test looks through.</summary>
    /// <param name="wrap">Puts something before the engine.</param>
    /// <param name="temperature">Temperature of all agents.</param>
    /// <param name="name">Name of the model.</param>
    /// <param name="thinksForEver">Whether it does nothing but think.</param>
    public static async Task<TinyPlanner> StartAsync(Func<IChatClient, IChatClient> wrap, float temperature, string name = "planner", bool thinksForEver = false)
    {
        var made = new TinyPlanner();
        made._engine = await TinyPlannerModel.LoadAsync(TinyPlannerModel.Write(Path.Combine(made._folder, "planner.gguf"), thinksForEver), name);
        made._source = await FileRecordSource.OpenAsync([RunningServer.FixtureFolder], CompleteTypes.None, new ResourceReaderOptions(), TimeProvider.System, CancellationToken.None);
        var agents = Directory.CreateDirectory(Path.Combine(made._folder, "agents")).FullName;
        TinyPlannerModel.WriteAgents(agents, temperature);
        made._answerer = TinyPlannerModel.Answerer(made._services, agents, wrap(new GemmaChatClient(made._engine)));
        return made;
    }

    /// <summary>Has everything computed that is computed once a record, so that what grows afterwards grows with the questions.</summary>
    /// <param name="questions">Questions about the records.</param>
    public async Task KnowRecordsAsync(IEnumerable<FixtureQuestion> questions)
    {
        var engine = _services.GetRequiredService<IRecordQueryEngine>();
        foreach (var question in questions.DistinctBy(question => question.Patient))
        {
            var record = await ReadAsync(question.Patient, CancellationToken.None);
            var context = new QueryContext(question.AsOf, TimeZoneInfo.Utc);
            foreach (var kind in Enum.GetValues<RecordKind>())
                _ = engine.Run(record, new RecordQuery(new RecordSelection { Kinds = [kind] }, new ListAggregate()), context);
            foreach (var name in record.Concepts.Entries.SelectMany(entry => entry.Names.Append(entry.Name)).Concat(ConceptVocabulary.BuiltIn.Terms.Select(term => term.Name)))
                _ = engine.Run(record, new RecordQuery(new RecordSelection { Kinds = [RecordKind.Any], Concepts = [name] }, new LatestAggregate()), context);
        }
    }

    public async Task<Answer> AskAsync(FixtureQuestion question, CancellationToken cancellationToken)
    {
        var record = await ReadAsync(question.Patient, cancellationToken);
        return await _answerer.AnswerAsync(record, question.ToChartQuestion(), null, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<PatientRecord> ReadAsync(string patient, CancellationToken cancellationToken)
    {
        if (!_records.TryGetValue(patient, out var record))
            _records[patient] = record = _services.GetRequiredService<IRecordBuilder>().Build((await _source.ReadAsync(patient, cancellationToken))!);
        return record;
    }
}
