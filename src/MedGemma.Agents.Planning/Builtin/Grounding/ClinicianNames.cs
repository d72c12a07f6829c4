using System.Runtime.CompilerServices;
using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>The names of the clinicians of one record, so that "when did Dr Ek last see her" is asked of what he did. Made once a record.</summary>
internal sealed class ClinicianNames
{
    private static readonly ConditionalWeakTable<PatientRecord, ClinicianNames> s_made = [];

    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    private ClinicianNames(PatientRecord record)
    {
        foreach (var resource in record.Resources)
            Collect(resource.Json);

        _words.RemoveWhere(word => word.Length < 2 || IsTitle(word));
    }

    public static ClinicianNames Of(PatientRecord record) => s_made.GetValue(record, static made => new ClinicianNames(made));

    /// <summary>Whether a word is part of the name of a clinician.</summary>
    public bool Has(string word) => _words.Contains(word);

    /// <summary>The family name of the clinician that a title of the question stands before, with the title and the name claimed; null when none is named that the record knows.</summary>
    public string? Read(QuestionText question)
    {
        for (var i = 0; i + 1 < question.Count; i++)
        {
            if (!IsTitle(question[i]))
                continue;

            var last = i;
            while (last + 1 < question.Count && last < i + 4 && !question.IsClaimed(last + 1) && char.IsUpper(question.Text[question.Tokens[last + 1].Start]) && _words.Contains(question[last + 1]))
                last++;
            if (last == i)
                continue;

            question.Claim(new TokenSpan(i, last + 1 - i));
            return question.Slice(new TokenSpan(last, 1));
        }

        return null;
    }

    /// <summary>Whether a word is a title that clinicians have.</summary>
    public static bool IsTitle(string word) => word is "dr" or "doctor" or "prof" or "professor" or "nurse" or "sister" or "mr" or "mrs" or "ms" or "miss" or "midwife" or "md" or "rn" or "np" or "pharmd" or "pa";

    // People stand behind references; what else is referenced has no title to be called by.
    private void Collect(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                if (element.TryGetProperty("reference", out var reference) && reference.ValueKind == JsonValueKind.String && reference.GetString()!.Contains("Practitioner", StringComparison.Ordinal)
                    && element.TryGetProperty("display", out var display) && display.ValueKind == JsonValueKind.String)
                {
                    foreach (var token in QuestionText.Tokenize(display.GetString()!))
                        _words.Add(token.Word);
                    return;
                }

                foreach (var member in element.EnumerateObject())
                    Collect(member.Value);
                break;
            case JsonValueKind.Array:
                foreach (var member in element.EnumerateArray())
                    Collect(member);
                break;
        }
    }
}
