using System.Security.Cryptography;
using System.Text;
using MedGemma.Agents.Planning.Agents;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Models;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Planning.Prompts;
using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>
/// Answers with models: one plans what to ask of the record and sees what is found, one writes claims of it, code verifies each. Whatever a model does, the answer
/// holds only verified claims and values of the record, or says with a typed reason why there is none. Safe for concurrent use.
/// </summary>
/// <param name="agents">The agents.</param>
/// <param name="models">The models they call.</param>
/// <param name="tools">Every tool; an agent gets those that it names.</param>
/// <param name="overviews">Writes what a record holds.</param>
/// <param name="verifier">Checks every claim.</param>
/// <param name="noteReaders">Reads notes, in quarantine.</param>
/// <param name="zone">Zone in which days are whole.</param>
/// <param name="ordering">What first, last and nth mean.</param>
/// <param name="clock">The clock of budgets.</param>
public sealed class ModelQuestionAnswerer(
    AgentCatalog agents,
    IAgentModels models,
    IReadOnlyList<IRecordTool> tools,
    RecordOverviews overviews,
    IClaimVerifier verifier,
    NoteReaders noteReaders,
    TimeZoneInfo zone,
    ResourceOrdering ordering,
    TimeProvider clock) : IQuestionAnswerer
{
    /// <summary>Name that answers carry.</summary>
    public const string PlannerName = "model";

    // The same for every question: schemas are read and put into words once.
    private readonly Lazy<string> _system = new(() => PlanningPrompt.System(agents[AgentNames.ChartPlanner], ToolsOf(agents[AgentNames.ChartPlanner], tools)));

    private readonly Lazy<RecordPlugin> _plugin = new(() => new RecordPlugin(ToolsOf(agents[AgentNames.ChartPlanner], tools)));

    // The name of a record for sharing computed prompts must not be guessed from the record.
    private readonly byte[] _scopeKey = RandomNumberGenerator.GetBytes(32);

    /// <inheritdoc/>
    public async Task<Answer> AnswerAsync(PatientRecord record, ChartQuestion question, IAnswerObserver? observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(question);

        var context = new QueryContext(question.AsOf, zone) { Ordering = ordering };
        var work = new TurnWork(observer, question.Again);
        var answer = new ModelAnswer(record, question, Banners.Of(record, context), work);
        if ((MergedRecords.Refuse(record) ?? QuestionGuard.Find(record, question)) is { } refused)
            return answer.Unsure(refused, [], []);

        var (planner, writer) = (agents[AgentNames.ChartPlanner], agents[AgentNames.AnswerWriter]);
        if (models.Find(planner.Model) is not { } planning || models.Find(writer.Model) is not { } writing)
            return answer.Unsure(new UnsureReason.NoModel(), [], []);

        var results = new List<QueryResult>();
        var scope = Scope(record);
        var extractor = agents[AgentNames.NoteExtractor];
        var notes = models.Find(extractor.Model) is { } extracting ? new NoteQuarantine(noteReaders.With(new AgentNoteExtractor(extractor, Caller(extractor, extracting)), observer)) : null;
        var loop = new PlanningLoop(Caller(planner, planning), _plugin.Value, ToolsOf(planner, tools), new RecordToolContext(record, context, results) { Notes = notes, Observer = observer }, results);
        var messages = PlanningPrompt.Begin(_system.Value, overviews.Of(record, context), question, context);
        if (await loop.RunAsync(messages, cancellationToken).ConfigureAwait(false) is PlanningEnd.Stopped stopped)
            return answer.Unsure(stopped.Reason, results, []);

        // What notes say is ready before the writer begins, and goes to people only: the writer sees the coded data.
        var quoting = notes is { IsPlanningClosed: true } ? new QuotedNotes(notes, verifier, record, observer) : null;
        IReadOnlyList<QueryResult> all = quoting is null ? results : [.. results, .. notes!.Results];
        var quotes = quoting is null ? [] : await quoting.WriteAsync(results.Count, all, cancellationToken).ConfigureAwait(false);
        var claims = new ClaimWriting(writer, Caller(writer, writing), new ClaimBinding(verifier, record, results), observer);
        var written = results.Count > 0
            ? await claims.RunAsync(PlanningPrompt.Question(question, context), results, cancellationToken).ConfigureAwait(false)
            : new WrittenAnswer([], [], null);
        if (quoting is not null)
            written = quoting.Add(written, quotes);
        else if (loop.LacksText)
            written = written with { Notes = NoteRemarks.NotRead };
        return answer.Of(written, all);

        AgentCaller Caller(AgentDefinition agent, AgentModel model) => new(agent, model, new AgentBudget(agent.Budgets, clock), scope, work, clock);
    }

    private static List<IRecordTool> ToolsOf(AgentDefinition agent, IReadOnlyList<IRecordTool> tools) => [.. agent.Tools.Select(name => tools.First(tool => tool.Name == name))];

    private string Scope(PatientRecord record) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_scopeKey, Encoding.UTF8.GetBytes($"{record.Receipt.Source}\0{record.Patient.Key}")));
}
