using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Topics;

/// <summary>Reads that the code of something is asked for, and in which code system: "ICD-10 code of his diabetes", "how is it coded", "SNOMED code".</summary>
internal static class CodeRequestReader
{
    /// <summary>The element that holds the code, with its words claimed, or null.</summary>
    /// <param name="question">The clause, before anything in it is taken for a name: ICD is also a device, and CT a scan.</param>
    public static ResultElement? Read(QuestionText question)
    {
        var element = (ResultElement?)null;
        for (var i = 0; i < question.Count; i++)
        {
            if (question.IsClaimed(i) || SystemAt(question, i) is not var (system, length))
                continue;

            element = system;
            length += question[i + length] is "code" or "codes" or "coding" or "codings" or "number" or "numbers" ? 1 : 0;
            question.Claim(new TokenSpan(i, length));
            ClaimBefore(question, i);
        }

        if (element is not null)
        {
            ClaimCoded(question);
            return element;
        }

        for (var i = 0; i < question.Count; i++)
        {
            // "Code for the diabetes"; "code status" and "full code" say something else.
            if (question[i] is "code" or "codes" && question[i + 1] is "for" or "of" && question[i - 1] is not ("full" or "no") && !question.IsClaimed(i))
            {
                question.Claim(new TokenSpan(i, 1));
                ClaimBefore(question, i);
                return ResultElement.Code;
            }

            if (question[i] is "code" or "codes" && question[i - 1] is "what" or "which" && question[i + 1] is "was" or "is" or "did" or "were" && !question.IsClaimed(i))
            {
                question.Claim(new TokenSpan(i, 1));
                ClaimBefore(question, i);
                ClaimCoded(question);
                return ResultElement.Code;
            }

            if (question[i] is "how" && question[i + 1] is "is" or "was" or "are" or "were" && question[question.Count - 1] is "coded")
            {
                question.Claim(new TokenSpan(i, 1));
                question.Claim(new TokenSpan(question.Count - 1, 1));
                return ResultElement.Code;
            }

            if (question[i] is "coded" && question[i + 1] is "as" or "under" && i + 2 == question.Count && question[0] is "what")
            {
                question.Claim(new TokenSpan(i, 2));
                return ResultElement.Code;
            }
        }

        return null;
    }

    private static (ResultElement System, int Length)? SystemAt(QuestionText question, int at) => question[at] switch
    {
        "icd10" or "icd10cm" => (ResultElement.Icd10Code, 1),
        "icd9" or "icd9cm" => (ResultElement.Icd9Code, 1),
        "icd" when question[at + 1] is "10" => (ResultElement.Icd10Code, question[at + 2] is "cm" or "pcs" ? 3 : 2),
        "icd" when question[at + 1] is "9" => (ResultElement.Icd9Code, question[at + 2] is "cm" ? 3 : 2),
        "icd" when question[at + 1] is "code" or "codes" or "coding" or "coded" => (ResultElement.IcdCode, 1),
        "snomed" or "sct" => (ResultElement.SnomedCode, question[at + 1] is "ct" ? 2 : 1),
        "loinc" => (ResultElement.LoincCode, 1),
        "rxnorm" or "rxcui" => (ResultElement.RxNormCode, 1),
        "diagnosis" or "diagnostic" or "billing" when question[at + 1] is "code" or "codes" => (ResultElement.IcdCode, 1),
        _ => null,
    };

    /// <summary>"Which ICD codes", "what code": asked of the thing, no name of one.</summary>
    private static void ClaimBefore(QuestionText question, int at)
    {
        if (at > 0 && question[at - 1] is "which" or "what" && !question.IsClaimed(at - 1))
            question.Claim(new TokenSpan(at - 1, 1));
    }

    private static void ClaimCoded(QuestionText question)
    {
        for (var i = 0; i < question.Count; i++)
            if (question[i] is "coded" or "used" or "code" or "codes" or "assigned" && !question.IsClaimed(i))
                question.Claim(new TokenSpan(i, 1));
    }
}
