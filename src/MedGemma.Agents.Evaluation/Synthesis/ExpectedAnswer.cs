using System.Globalization;
using System.Text.Json.Serialization;
using MedGemma.Agents.Evaluation.Synthesis.Gold;

namespace MedGemma.Agents.Evaluation.Synthesis;

/// <summary>A question with the answer that the generator knows from what it planted; one line of a questions file.</summary>
public sealed record ExpectedAnswer
{
    /// <summary>Id of the question, unique in its file.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>Logical id of the patient.</summary>
    [JsonPropertyName("patient")]
    public required string Patient { get; init; }

    /// <summary>The instant at which it is asked, UTC without zone.</summary>
    [JsonPropertyName("now")]
    public required string Now { get; init; }

    /// <summary><c>clinical</c> or <c>patient</c>.</summary>
    [JsonPropertyName("perspective")]
    public required string Perspective { get; init; }

    /// <summary>The family of the question.</summary>
    [JsonPropertyName("template")]
    public required string Template { get; init; }

    /// <summary>The question in English.</summary>
    [JsonPropertyName("question")]
    public required string Question { get; init; }

    /// <summary>Scalars: numbers, booleans, dates and instants as recorded, strings; empty unless answered.</summary>
    [JsonPropertyName("answer")]
    public required IReadOnlyList<object> Answer { get; init; }

    /// <summary><c>answered</c>, <c>none_recorded</c> or <c>unsure</c>.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    /// <summary>Unit of the numbers, where they have one.</summary>
    [JsonPropertyName("unit")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    /// <summary>The resources that the answer stands in, <c>Type/id</c>; absent where the answer is an absence.</summary>
    [JsonPropertyName("evidence")]
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>The trap that the question tests, or null.</summary>
    [JsonPropertyName("trap")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Trap { get; init; }

    /// <summary>The category that it counts in, in the record suite.</summary>
    [JsonPropertyName("category")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Category { get; init; }

    /// <summary>Words a draft.</summary>
    internal static ExpectedAnswer Of(QuestionDraft draft, string id, string patient, bool asPatient, string phrase) => new()
    {
        Id = id,
        Patient = patient,
        Now = draft.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Perspective = asPatient ? "patient" : "clinical",
        Template = draft.Template,
        Question = draft.Fill(phrase),
        Answer = draft.Answer,
        Status = draft.Status,
        Unit = draft.Unit,
        Evidence = draft.Evidence,
        Trap = draft.Trap,
    };
}
