using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Planning.Verification;
using MedGemma.Agents.Planning.Writing;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>The one service that answers: plan, query, write, verify. Safe for concurrent use.</summary>
/// <param name="planner">Turns the question into queries.</param>
/// <param name="engine">Runs them.</param>
/// <param name="writer">Writes a claim for each result.</param>
/// <param name="verifier">Checks every claim, whoever wrote it.</param>
/// <param name="zone">Zone in which days are whole.</param>
/// <param name="ordering">What first, last and nth mean.</param>
public sealed class QuestionAnswerer(IPlanner planner, IRecordQueryEngine engine, IClaimWriter writer, IClaimVerifier verifier, TimeZoneInfo zone, ResourceOrdering ordering)
    : IQuestionAnswerer
{
    /// <summary>Far more than a person asks at once; each query may list a whole chart.</summary>
    private const int MostQueries = 12;

    /// <inheritdoc/>
    public async Task<Answer> AnswerAsync(PatientRecord record, ChartQuestion question, IAnswerObserver? observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(question);

        var context = new QueryContext(question.AsOf, zone) { Ordering = ordering };
        var banners = Banners.Of(record, context);
        if (MergedRecords.Refuse(record) is { } merged)
            return Unanswered(record, question, [], banners, merged);

        var plan = await planner.PlanAsync(record, question, context, cancellationToken).ConfigureAwait(false);
        if (plan is not Plan.Planned planned)
        {
            UnsureReason reason = plan switch
            {
                Plan.NotUnderstood not => new UnsureReason.NotUnderstood(not.Reason),
                Plan.Refused refused => new UnsureReason.OtherPatient(refused.Reason),
                _ => throw new InvalidOperationException($"A planner returned a plan of the unknown kind {plan.GetType().Name}"),
            };
            return Unanswered(record, question, [], banners, reason);
        }

        if (planned.Queries.Count > MostQueries)
        {
            var tooMany = new UnsureReason.NotUnderstood($"The question asks {planned.Queries.Count} things at once; ask at most {MostQueries}.");
            return Unanswered(record, question, [], banners, tooMany);
        }

        if (observer is not null)
            await observer.PlannedAsync(planned.Queries, cancellationToken).ConfigureAwait(false);

        var results = new List<QueryResult>(planned.Queries.Count);
        foreach (var query in planned.Queries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = engine.Run(record, query, context);
            results.Add(result);
            if (observer is not null)
                await observer.QueriedAsync(result, cancellationToken).ConfigureAwait(false);
        }

        if (results.Find(result => result.Outcome is QueryOutcome.Failed or QueryOutcome.NotSupplied || result.Concepts.Any(concept => concept.Ambiguous)) is { } open)
            return Unanswered(record, question, results, banners, new UnsureReason.OpenInRecord(OpenReasons.Of(open, record.Receipt)));

        var supported = new List<Claim>();
        var dropped = new List<Claim>();
        var refusals = new List<string>();
        for (var i = 0; i < results.Count; i++)
        {
            foreach (var written in writer.Write(results[i], i, context))
            {
                var unsupported = verifier.FindUnsupported(written, results, record);
                refusals.AddRange(unsupported);
                var claim = written with
                {
                    Verdict = unsupported.Count == 0 ? Verdict.Supported : Verdict.Refused,
                    Scope = results[i].DependsOnMissing ? ClaimScope.Supplied : ClaimScope.Record,
                };
                (claim.Verdict == Verdict.Supported ? supported : dropped).Add(claim);
                if (observer is not null && claim.Verdict == Verdict.Supported)
                    await observer.ClaimedAsync(claim, cancellationToken).ConfigureAwait(false);
            }
        }

        // A result whose claims were all refused must not reach the values.
        if (dropped.Exists(claim => !supported.Exists(other => other.QueryIndex == claim.QueryIndex)))
        {
            var withheld = new UnsureReason.Withheld($"A sentence that was written for the answer is not borne out by its evidence and was withheld: {string.Join("; ", refusals)}.");
            return Unanswered(record, question, results, banners, withheld) with { Dropped = dropped };
        }

        // What was supplied is shown with its evidence; as values it would be taken for what there is.
        if (results.FindAll(result => result.DependsOnMissing) is { Count: > 0 } limited)
        {
            var incomplete = OpenReasons.OfIncomplete(limited, record.Receipt);
            return Unanswered(record, question, results, banners, incomplete) with
            {
                Text = AnswerText.Compose(supported, incomplete, banners, results, planned.Readings),
                Claims = supported,
                Dropped = dropped,
            };
        }

        var found = results.Exists(result => result.Outcome == QueryOutcome.Found || result.Values.Count > 0);
        var values = found ? results.SelectMany(AnswerValues.Of).ToArray() : [];
        var text = AnswerText.Compose(supported, null, banners, results, planned.Readings);
        return new Answer(
            found ? AnswerStatus.Answered : AnswerStatus.NoneRecorded,
            text,
            values,
            AnswerValues.CommonUnit(results),
            supported,
            dropped,
            results,
            record.Receipt,
            banners,
            planner.Name,
            question.AsOf);
    }

    private Answer Unanswered(PatientRecord record, ChartQuestion question, IReadOnlyList<QueryResult> results, IReadOnlyList<string> banners, UnsureReason reason) =>
        new(AnswerStatus.Unsure, reason.Message, [], null, [], [], results, record.Receipt, banners, planner.Name, question.AsOf) { Reason = reason };
}
