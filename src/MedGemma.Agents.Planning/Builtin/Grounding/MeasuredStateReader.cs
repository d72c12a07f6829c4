using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>
/// Reads a state without a number ("has he had a fever", "is she tachycardic") as its measurement beyond the usual bound, where the record has the measurement and no diagnosis of the state.
/// The bound is said with the answer.
/// </summary>
internal sealed class MeasuredStateReader(PatientRecord record, IConceptResolver resolver)
{
    /// <summary>The concepts with the measurement in the state's place, the bound and how it was read; null when no such state is asked about.</summary>
    /// <param name="question">The clause.</param>
    /// <param name="concepts">What it names.</param>
    public (List<ConceptMention> Concepts, ValueFilter Value, string Reading)? Read(QuestionText question, IReadOnlyList<ConceptMention> concepts)
    {
        if (question[0] is "what" or "which" or "why" or "who" or "list" or "show" or "where" || concepts.Count > 1)
            return null;

        for (var i = 0; i < question.Count; i++)
        {
            var state = MeasuredStates.BoundOf(question[i]);
            var named = concepts.FirstOrDefault(concept => concept.Span.Contains(new TokenSpan(i, 1)));
            if (state is not var (measurement, value, bound) || (named is null && (question.IsClaimed(i) || concepts.Count > 0)) || named is { Entries.IsEmpty: false } or { Span.Count: > 1 })
                continue;

            var resolved = resolver.Resolve(record, measurement, []);
            if (resolved.Entries.IsEmpty)
                return null;

            question.Claim(new TokenSpan(i, 1));
            return ([new ConceptMention(new TokenSpan(i, 1), measurement, resolved.Entries, false, resolved.Match, [])], value, $"\"{question.Slice(new TokenSpan(i, 1))}\" is read as a {measurement} {bound}.");
        }

        return null;
    }
}
