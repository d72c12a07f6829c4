using System.Text.Json;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Lexicon;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>Finds the patient that a question names, and whether it is the one of the record.</summary>
internal sealed class PatientMentionReader(PatientRecord record, PlannerLexicon lexicon)
{
    private readonly HashSet<string> _identifiers = Identifiers(record.Patient);
    private readonly HashSet<string> _names = Names(record.Patient.Json);

    /// <summary>Reads and claims identifiers and names of patients.</summary>
    public PatientMention Read(QuestionText question)
    {
        PatientMention mention = new PatientMention.Nobody();
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i))
                continue;

            if (IsThisIdentifier(question, i, out var span))
            {
                question.Claim(span);
                mention = new PatientMention.ThisPatient();
            }
            else if (_names.Contains(question[i]) && (IsCapitalized(question, i) || IsParticle(question, i) || question[i - 1] is "mr" or "mrs" or "ms" or "miss"))
            {
                question.Claim(new TokenSpan(i, 1));
                mention = new PatientMention.ThisPatient();
            }
            else if (NamesSomebodyElse(question, i))
            {
                return new PatientMention.AnotherPatient();
            }
        }

        return mention;
    }

    /// <summary>"Mr van Dijk", "Señora de la Cruz": a small word of the patient's name before another word of it.</summary>
    private bool IsParticle(QuestionText question, int at) =>
        question[at].Length <= 4 && _names.Contains(question[at + 1]) && (IsCapitalized(question, at + 1) || IsParticle(question, at + 1));

    private bool IsThisIdentifier(QuestionText question, int at, out TokenSpan span)
    {
        for (var length = Math.Min(8, question.Count - at); length > 0; length--)
        {
            span = new TokenSpan(at, length);
            if (question.IsFree(span) && _identifiers.Contains(question.Words(span)))
                return true;
        }

        span = default;
        return false;
    }

    private bool NamesSomebodyElse(QuestionText question, int at)
    {
        var before = question[at - 1];
        if (before is "mr" or "mrs" or "ms" or "miss" && IsCapitalized(question, at))
            return !ClinicianNames.Of(record).Has(question[at]);

        var afterPatient = before is "patient" or "patients" or "mrn"
            || (before is "id" or "number" or "identifier" && question[at - 2] is "patient" or "record" or "mrn" or "with")
            || (before is "by" && question[at - 2] is "identified")
            || (before is "named" or "called" && question[at - 2] is "patient");
        if (!afterPatient)
            return false;

        if (question[at].Any(char.IsDigit))
            return question[at].Length >= 3;

        // "patient Smith": a capitalised word that is none of the planner's own.
        return IsCapitalized(question, at) && !lexicon.IsGlue(question[at]) && lexicon.FindTopic(question[at]) is null;
    }

    private static bool IsCapitalized(QuestionText question, int at) => char.IsUpper(question.Text[question.Tokens[at].Start]);

    private static HashSet<string> Identifiers(RecordResource patient)
    {
        var values = new HashSet<string>(StringComparer.Ordinal) { QuestionText.Normalize(patient.Key.Id) };
        if (patient.Json.TryGetProperty("identifier", out var identifiers) && identifiers.ValueKind == JsonValueKind.Array)
            foreach (var identifier in identifiers.EnumerateArray())
                if (identifier.TryGetProperty("value", out var value) && value.GetString() is { Length: >= 3 } text)
                    values.Add(QuestionText.Normalize(text));

        return values;
    }

    private static HashSet<string> Names(JsonElement patient)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        if (!patient.TryGetProperty("name", out var names) || names.ValueKind != JsonValueKind.Array)
            return words;

        foreach (var name in names.EnumerateArray())
        {
            foreach (var member in (string[])["family", "given", "text", "prefix"])
            {
                if (!name.TryGetProperty(member, out var value))
                    continue;

                foreach (var part in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
                    foreach (var token in QuestionText.Tokenize(part.GetString() ?? ""))
                        words.Add(token.Word);
            }
        }

        return words;
    }
}
