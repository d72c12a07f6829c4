using MedGemma.Agents.Planning.Builtin.Language;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>
/// Reads the status of results: which ones are meant ("the last preliminary potassium", "final results only", "not preliminary") by the codes of FHIR's ObservationStatus and
/// DiagnosticReportStatus (https://hl7.org/fhir/R4/valueset-observation-status.html). What was amended or corrected was final before and counts as final.
/// </summary>
internal static class ResultStatusReader
{
    private static readonly string[] s_final = ["final", "amended", "corrected", "appended"];
    private static readonly string[] s_amended = ["amended", "corrected"];
    private static readonly string[] s_notFinal = ["preliminary", "partial", "registered"];

    /// <summary>Reads and claims the words; the statuses that are meant, empty when the question names none.</summary>
    /// <param name="question">The clause; its names are claimed already ("corrected calcium" is one).</param>
    public static IReadOnlyList<string> Read(QuestionText question)
    {
        string[] found = [];
        var said = Enumerable.Range(0, question.Count).Where(i => !question.IsClaimed(i) && StatusesOf(question[i]) is not null).ToArray();

        // "Final or preliminary?" asks which.
        if (IsChoice(question, said))
            return [];

        foreach (var i in said)
        {
            var negation = NegationBefore(question, i);
            var statuses = StatusesOf(question[i])!;
            var leftOut = LeftOutAfter(question, i);
            if (negation > 0 || leftOut > 0)
                statuses = statuses.SequenceEqual(s_final) ? s_notFinal : s_final;
            found = found.Length == 0 ? statuses : [.. found.Intersect(statuses)];

            // "The final potassium" is also the last one.
            if (question[i] is not "final" || negation > 0 || OrderingReader.ReadAt(question, i) is null)
                question.Claim(new TokenSpan(i - negation, negation + 1));
            if (leftOut > 0)
                question.Claim(new TokenSpan(i + 1, leftOut));
            ClaimOnly(question, i);
        }

        return found;
    }

    /// <summary>"Is it final or preliminary?", "status of the last potassium": the status itself is asked for. Claims the words.</summary>
    public static bool AsksWhich(QuestionText question)
    {
        var said = Enumerable.Range(0, question.Count).Where(i => !question.IsClaimed(i) && StatusesOf(question[i]) is not null).ToArray();
        if (!IsChoice(question, said))
            return false;

        foreach (var i in said)
            question.Claim(new TokenSpan(question[i - 1] is "or" ? i - 1 : i, question[i - 1] is "or" ? 2 : 1));
        return true;
    }

    /// <summary>"Preliminary reports left out", "prelim ones do not count": how many words behind a status leave it out.</summary>
    private static int LeftOutAfter(QuestionText question, int at)
    {
        var after = at + 1;
        while (question[after] is "report" or "reports" or "result" or "results" or "ones" or "one" or "values" or "value" or "readings" or "are" or "is" or "being" or "to" or "be" or "versions" or "version")
            after++;
        var words = question[after] switch
        {
            "left" when question[after + 1] is "out" or "aside" => 2,
            "excluded" or "ignored" or "omitted" or "disregarded" or "skipped" or "aside" => 1,
            "not" when question[after + 1] is "counted" or "included" or "wanted" => 2,
            "do" or "does" when question[after + 1] is "not" && question[after + 2] is "count" => 3,
            _ => 0,
        };
        return words == 0 ? 0 : after + words - at - 1;
    }

    /// <summary>"Final only", "only final results".</summary>
    private static void ClaimOnly(QuestionText question, int at)
    {
        var after = at + 1;
        while (question[after] is "report" or "reports" or "result" or "results" or "ones" or "values")
            after++;
        foreach (var only in new[] { at - 1, after })
            if (question[only] is "only" or "just" && !question.IsClaimed(only))
                question.Claim(new TokenSpan(only, 1));
    }

    // "Corrected or amended" are one.
    private static bool IsChoice(QuestionText question, int[] said) =>
        said.Length > 1 && said.Skip(1).Any(i => question[i - 1] is "or") && said.Select(i => StatusesOf(question[i])).Distinct().Count() > 1;

    private static string[]? StatusesOf(string word) => word switch
    {
        "preliminary" or "prelim" or "interim" or "unfinalised" or "unfinalized" => s_notFinal,
        "final" or "finalised" or "finalized" or "valid" or "validated" or "authorised" or "authorized" or "confirmed" => s_final,
        "amended" or "corrected" or "revised" => s_amended,
        _ => null,
    };

    /// <summary>How many words before a status deny it: "not", "not yet", "excluding", "other than".</summary>
    private static int NegationBefore(QuestionText question, int at)
    {
        var first = at - 1;
        while (question[first] is "yet" or "the" or "any" or "been" or "still")
            first--;
        return question.IsClaimed(first) ? 0 : question[first] switch
        {
            "not" or "excluding" or "exclude" or "ignoring" or "ignore" or "except" or "without" or "no" or "non" => at - first,
            "than" when question[first - 1] is "other" => at - first + 1,
            _ => 0,
        };
    }
}
