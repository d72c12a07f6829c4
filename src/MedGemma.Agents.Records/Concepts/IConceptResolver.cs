using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>Finds what a question's words mean in one record. Safe for concurrent use.</summary>
public interface IConceptResolver
{
    /// <summary>Resolves words against the codes, displays and texts present in a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="words">What the question calls the thing.</param>
    /// <param name="kinds">Kinds to look among; empty looks everywhere.</param>
    /// <returns>What was taken and what was left; <see cref="ResolvedConcept.Entries"/> is empty when nothing fits.</returns>
    ResolvedConcept Resolve(PatientRecord record, string words, IReadOnlyCollection<RecordKind> kinds);

    /// <summary>Whether words and a name of the record are the same but for case, or known as names of one thing.</summary>
    /// <param name="words">What the question calls the thing.</param>
    /// <param name="name">What the record calls it.</param>
    bool IsSame(string words, string name);
}
