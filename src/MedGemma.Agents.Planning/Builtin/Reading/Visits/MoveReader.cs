using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Visits;

/// <summary>Reads that a move to a ward is asked for, not a stay on it: "which ward did she move to on 4 September", "transferred to", "taken in by".</summary>
internal static class MoveReader
{
    private static readonly string[] s_moves = ["move|moved|moves to", "transfer|transferred to", "moved", "transferred", "step|stepped down to", "took|take her|him|me|them in", "taken in", "took"];

    /// <summary>Whether one is; its words are claimed.</summary>
    public static bool Read(QuestionText question)
    {
        if (Phrase.Find(question, s_moves.Where(words => Phrase.Find(question, [words]) is { } one && question.IsFree(one))) is not { } span)
            return false;

        question.Claim(span);
        return true;
    }
}
