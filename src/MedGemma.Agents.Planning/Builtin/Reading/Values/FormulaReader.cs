using System.Collections.Frozen;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Records.Formulas;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Values;

/// <summary>
/// Reads questions that ask for a clinical formula and nothing else: "calculate the CHA2DS2-VASc score", "what is her eGFR?". One that the record holds by
/// name is only calculated when that is asked for, and any further word leaves the question to the other readers.
/// </summary>
internal static class FormulaReader
{
    private static readonly FrozenSet<string> s_calculating = Words("calculate", "calculated", "compute", "computed", "derive", "estimate", "work");

    private static readonly FrozenSet<string> s_around = Words(
        "what", "whats", "s", "is", "are", "the", "a", "her", "his", "their", "my", "this", "patient", "patients", "current", "currently", "now", "today", "score", "index", "value", "risk",
        "of", "for", "please", "out", "tell", "me", "give", "show", "can", "could", "you", "from", "record", "chart", "did", "does", "has", "have", "it", "by", "using", "with", "formula", "equation");

    private static readonly (FormulaName Formula, string? Recorded, string[] Names)[] s_names =
    [
        (FormulaName.BodyMassIndex, "body mass index", ["bmi", "body mass index"]),
        (FormulaName.BodySurfaceArea, "body surface area", ["bsa", "body surface area", "mosteller", "mosteller bsa", "mosteller body surface area"]),
        (FormulaName.EstimatedGlomerularFiltrationRate, "estimated glomerular filtration rate", ["egfr", "estimated gfr", "gfr", "ckd epi", "ckd epi 2021", "ckd epi egfr", "egfr ckd epi", "egfr ckd epi 2021", "estimated glomerular filtration rate"]),
        (FormulaName.CockcroftGault, "creatinine clearance", ["cockcroft gault", "creatinine clearance", "crcl", "cockcroft gault creatinine clearance", "creatinine clearance cockcroft gault"]),
        (FormulaName.Meld3, "MELD score", ["meld", "meld 3", "meld 3 0"]),
        (FormulaName.MeldSodium, "MELD-Na", ["meld na", "meld sodium"]),
        (FormulaName.ChildPugh, "Child-Pugh score", ["child pugh", "child turcotte pugh", "child pugh class"]),
        (FormulaName.Fibrosis4, "FIB-4", ["fib 4", "fib4"]),
        (FormulaName.StrokeRisk, "CHA2DS2-VASc score", ["cha2ds2 vasc", "cha2ds2vasc", "chads vasc", "chadsvasc", "chads2 vasc", "cha 2 ds 2 vasc"]),
        (FormulaName.BleedingRisk, "HAS-BLED score", ["has bled", "hasbled"]),
        (FormulaName.AnionGap, "anion gap", ["anion gap"]),
        (FormulaName.AlbuminCorrectedAnionGap, null, ["albumin corrected anion gap", "corrected anion gap", "anion gap corrected for albumin"]),
        (FormulaName.CorrectedCalcium, null, ["corrected calcium", "albumin corrected calcium", "calcium corrected for albumin"]),
        (FormulaName.CorrectedSodium, null, ["corrected sodium", "glucose corrected sodium", "sodium corrected for glucose"]),
        (FormulaName.SerumOsmolality, "osmolality", ["serum osmolality", "osmolality", "calculated osmolality", "serum osmolarity", "osmolarity"]),
        (FormulaName.FractionalSodiumExcretion, null, ["fena", "fractional excretion of sodium", "fractional sodium excretion"]),
        (FormulaName.LdlFriedewald, "LDL cholesterol", ["friedewald ldl", "ldl friedewald", "friedewald"]),
        (FormulaName.MeanArterialPressure, "mean arterial pressure", ["mean arterial pressure", "map"]),
        (FormulaName.AlveolarArterialGradient, null, ["a a gradient", "alveolar arterial gradient", "aa gradient"]),
        (FormulaName.QtcBazett, null, ["qtc bazett", "bazett qtc", "bazett"]),
        (FormulaName.QtcFridericia, null, ["qtc fridericia", "fridericia qtc", "fridericia", "qtcf"]),
        (FormulaName.News2, "national early warning score", ["news2", "news 2", "national early warning score", "national early warning score 2"]),
        (FormulaName.QuickSofa, "quick SOFA", ["qsofa", "quick sofa"]),
    ];

    private static readonly FrozenDictionary<string, (FormulaName Formula, string? Recorded)> s_byName =
        s_names.SelectMany(row => row.Names.Select(name => KeyValuePair.Create(name, (row.Formula, row.Recorded)))).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly int s_longest = s_byName.Keys.Max(name => name.Count(c => c == ' ') + 1);

    /// <summary>The calculation that a clause asks for, or null when it asks for anything else.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="standsInRecord">Whether the record has anything by a name.</param>
    public static RecordQuery? Read(QuestionText clause, Func<string, bool> standsInRecord)
    {
        if (Find(clause) is not { } found)
            return null;

        var calculating = false;
        for (var i = 0; i < clause.Count; i++)
        {
            if (i >= found.Span.First && i < found.Span.After)
                continue;
            if (s_calculating.Contains(clause[i]))
                calculating = true;
            else if (!s_around.Contains(clause[i]))
                return null;
        }

        return calculating || found.Recorded is null || !standsInRecord(found.Recorded)
            ? new RecordQuery(new RecordSelection { Kinds = [RecordKind.Any] }, new CalculateAggregate(found.Formula))
            : null;
    }

    private static (FormulaName Formula, string? Recorded, TokenSpan Span)? Find(QuestionText clause)
    {
        for (var length = Math.Min(s_longest, clause.Count); length > 0; length--)
        {
            for (var first = 0; first + length <= clause.Count; first++)
            {
                var span = new TokenSpan(first, length);
                if (s_byName.TryGetValue(clause.Words(span), out var row))
                    return (row.Formula, row.Recorded, span);
            }
        }

        return null;
    }

    private static FrozenSet<string> Words(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
