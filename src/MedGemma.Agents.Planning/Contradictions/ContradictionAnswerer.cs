using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>Attaches the contradictions in what an answer touches to it, whoever answers. Safe for concurrent use.</summary>
/// <param name="inner">Answers.</param>
/// <param name="finder">Finds them.</param>
/// <param name="zone">Zone in which days are whole.</param>
public sealed class ContradictionAnswerer(IQuestionAnswerer inner, ContradictionFinder finder, TimeZoneInfo zone) : IQuestionAnswerer
{
    /// <inheritdoc/>
    public async Task<Answer> AnswerAsync(PatientRecord record, ChartQuestion question, IAnswerObserver? observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        var answer = await inner.AnswerAsync(record, question, observer, cancellationToken).ConfigureAwait(false);
        return answer with { Contradictions = finder.Find(record, answer.Queries, new QueryContext(question.AsOf, zone)) };
    }
}
