using System.Text.Json;
using MedGemma.Agents.Planning.Contradictions;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Answers;

/// <summary>The answer to one question about one patient.</summary>
/// <param name="Status">Answered, none recorded, or unsure.</param>
/// <param name="Text">The answer for a person: claims first, then banners and what must be said with them.</param>
/// <param name="Values">Scalars: numbers, booleans, ISO dates and instants as recorded, strings. Empty unless answered.</param>
/// <param name="Unit">Unit of the numbers when they share one.</param>
/// <param name="Claims">Verified claims, each with what it is true of; when the answer is unsure, of what was supplied or is coded and no more.</param>
/// <param name="Dropped">Claims that the verifier refused, reported and never shown as fact.</param>
/// <param name="Queries">The queries that were run and what they gave.</param>
/// <param name="Receipt">What the record was read from.</param>
/// <param name="Banners">Deceased, restricted, age of the record.</param>
/// <param name="Planner">Name of the planner.</param>
/// <param name="AsOf">The instant of the question.</param>
public sealed record Answer(
    AnswerStatus Status,
    string Text,
    IReadOnlyList<JsonElement> Values,
    string? Unit,
    IReadOnlyList<Claim> Claims,
    IReadOnlyList<Claim> Dropped,
    IReadOnlyList<QueryResult> Queries,
    Receipt Receipt,
    IReadOnlyList<string> Banners,
    string Planner,
    DateTimeOffset AsOf)
{
    /// <summary>What in the record contradicts itself where this answer touches it; found by code, and no part of the claims.</summary>
    public IReadOnlyList<Contradiction> Contradictions { get; init; } = [];

    /// <summary>Kinds of contradictions that were not looked for, or not to the end; that none of them is shown says nothing.</summary>
    public IReadOnlyList<ContradictionKind> ContradictionsNotChecked { get; init; } = [];

    /// <summary>Why the answer is unsure; null when it is not.</summary>
    public UnsureReason? Reason { get; init; }

    /// <summary>What models did for it; null when none was asked.</summary>
    public ModelWork? Model { get; init; }

    /// <summary>The other planner's answer to the same question, where both were asked.</summary>
    public Answer? Other { get; init; }
}
