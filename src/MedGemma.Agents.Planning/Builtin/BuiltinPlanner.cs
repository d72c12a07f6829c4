using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Builtin.Compiling;
using MedGemma.Agents.Planning.Builtin.Grounding;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Planning.Builtin.Reading;
using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Planning.Builtin;

/// <summary>
/// Plans English questions by grammar and by what their words mean in the record, without a model.
/// What it does not understand it says; it never guesses. Safe for concurrent use.
/// </summary>
/// <param name="resolver">Finds what words mean in a record.</param>
/// <param name="vocabulary">Says what words mean that a record has nothing for.</param>
/// <param name="engine">Looks up the events that a question's windows hang on.</param>
/// <param name="units">Tells units from words.</param>
/// <param name="conventions">Readings that English leaves open.</param>
public sealed class BuiltinPlanner(IConceptResolver resolver, ConceptVocabulary vocabulary, IRecordQueryEngine engine, IUnitConverter units, PlannerConventions conventions) : IPlanner
{
    private static readonly MisspeltWords s_misspelt = new(PlannerLexicon.Default);

    private readonly FrameCompiler _compiler = new(conventions);
    private readonly PinnedComparison _comparison = new(engine);

    /// <inheritdoc/>
    public string Name => "builtin";

    /// <inheritdoc/>
    public Task<Plan> PlanAsync(PatientRecord record, ChartQuestion question, QueryContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Plan(record, question, context));
    }

    private Plan Plan(PatientRecord record, ChartQuestion question, QueryContext context)
    {
        var (corrected, slips) = s_misspelt.Correct(
            Shorthand.Default.Expand(question.Text),
            word => !vocabulary.Find(word).IsEmpty || resolver.Resolve(record, word, []) is { Entries.IsEmpty: false, Match.How: not ("fuzzy" or "prefix") });
        var clauses = ClauseSplitter.Split(corrected);
        if (clauses.Count == 0)
            return new Plan.NotUnderstood("There is no question.");

        var queries = new List<RecordQuery>();
        var readings = new List<string>(slips);
        foreach (var clause in clauses)
        {
            var text = new QuestionText(clause);
            if (new PatientMentionReader(record, PlannerLexicon.Default).Read(text) is PatientMention.AnotherPatient)
                return new Plan.Refused("The question names another patient than the one whose record is open; open that patient's record to ask it.");

            if (AdviceReader.IsAdvice(text))
                return new Plan.NotUnderstood("The question asks for advice or a forecast; a record only proves what was recorded. Ask what is recorded.");

            if (FirstPerson.IsOfClinician(text, question.Asker))
                return new Plan.NotUnderstood("\"I\" is the clinician who asks, not the patient; say whose record is meant.");

            if (FormulaReader.Read(text, name => resolver.Resolve(record, name, []).Entries.Length > 0) is { } calculation)
            {
                queries.Add(calculation);
                continue;
            }

            var reader = new QuestionReader(record, resolver, vocabulary, units, PlannerLexicon.Default, new TimePhraseReader(conventions, context.AsOf, context.Zone));
            var frame = reader.Read(text);
            QueryWindow? anchored = null;
            if (frame.Anchor is { } anchor)
            {
                WindowNarrowing.TryNarrow([.. frame.Times.Select(phrase => phrase.Window)], out var stated);
                var lookup = new AnchorLookup(engine, conventions).Find(record, anchor, stated, context);
                if (lookup.Window is null)
                    return new Plan.NotUnderstood(lookup.Reason);

                anchored = lookup.Window;
                readings.Add(lookup.Reason);
            }

            if (LastQuery(question, queries) is { } earlier && FollowUp.LeansOnEarlier(clause, frame)
                && FollowUp.Complete(clause, frame, earlier, new KindChoice(conventions).Choose(frame)) is { } completed)
            {
                queries.Add(completed);
                continue;
            }

            switch (_compiler.Compile(frame, anchored, context.AsOf, name => resolver.Resolve(record, name, []).Entries.Length > 0, kind => record.OfKind(kind).Length > 0))
            {
                case CompiledClause.Understood understood:
                    foreach (var query in understood.Queries)
                    {
                        if (!PinnedComparison.Applies(query))
                        {
                            queries.Add(query);
                            continue;
                        }

                        var (pinned, reason) = _comparison.Pin(record, query, context);
                        if (pinned is null)
                            return new Plan.NotUnderstood(reason);

                        queries.Add(pinned);
                        readings.Add(reason);
                    }

                    readings.AddRange(understood.Readings);
                    break;
                case CompiledClause.NotUnderstood not:
                    return new Plan.NotUnderstood(not.Reason);
            }
        }

        return new Plan.Planned(queries, readings);
    }

    private static RecordQuery? LastQuery(ChartQuestion question, List<RecordQuery> planned) =>
        planned.Count > 0 ? planned[^1] : question.Earlier is [.., { Queries: [.., var last] }] ? last : null;
}
