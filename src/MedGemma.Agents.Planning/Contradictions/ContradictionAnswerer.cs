using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Contradictions;

/// <summary>Attaches the contradictions in what an answer touches to it, whoever answers, and says which were not looked for. Safe for concurrent use.</summary>
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
        var findings = finder.Find(record, answer.Queries, new QueryContext(question.AsOf, zone), cancellationToken);
        var attached = answer with { Contradictions = findings.Found, ContradictionsNotChecked = findings.NotChecked };
        return findings.NotChecked.Count == 0
            ? attached
            : attached with { Text = $"{answer.Text} Whether the record contradicts itself was not checked to the end: {string.Join(", ", findings.NotChecked.Select(Words))}." };
    }

    private static string Words(ContradictionKind kind) => kind switch
    {
        ContradictionKind.NoteAgainstRecord => "notes against coded data",
        ContradictionKind.EndedOrderDescribedAsCurrent => "notes against ended orders",
        ContradictionKind.ValuesDisagree => "values of one time",
        ContradictionKind.IncompatibleUnits => "units",
        ContradictionKind.AllergyAgainstOrder => "allergies against orders",
        ContradictionKind.SexImplausible => "the recorded sex",
        ContradictionKind.AgeImplausible => "birth and death",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of contradiction."),
    };
}
