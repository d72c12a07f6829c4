using System.Collections.Frozen;
using System.Text.Json;
using MedGemma.Agents.Records.Formulas.Equations;
using MedGemma.Agents.Records.Formulas.Scores;
using MedGemma.Agents.Records.Queries.Json;

namespace MedGemma.Agents.Records.Formulas;

/// <summary>Every clinical formula by name.</summary>
public static class FormulaCatalog
{
    private static readonly FrozenDictionary<FormulaName, ClinicalFormula> s_formulas = new ClinicalFormula[]
    {
        new AgeInYears(), new BodyMassIndex(), new BodySurfaceArea(), new CkdEpi2021(), new CockcroftGault(), new Meld3(), new MeldSodium(), new ChildPugh(), new Fibrosis4(),
        new StrokeRisk(), new BleedingRisk(), new AnionGap(), new AlbuminCorrectedAnionGap(), new CorrectedCalcium(), new CorrectedSodium(), new SerumOsmolality(),
        new FractionalSodiumExcretion(), new LdlFriedewald(), new MeanArterialPressure(), new AlveolarArterialGradient(), new QtcBazett(), new QtcFridericia(), new News2(), new QuickSofa(),
    }.ToFrozenDictionary(formula => formula.Name);

    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<ClinicalFormula> All { get; } = [.. s_formulas.Values.OrderBy(formula => formula.Name)];

    /// <summary>The word for a formula in queries and derivations: <c>egfr-ckd-epi-2021</c>.</summary>
    /// <param name="name">The name.</param>
    public static string WordOf(FormulaName name) => JsonSerializer.SerializeToElement(name, RecordQueryJson.Options).GetString()!;

    /// <summary>The formula of a word, or null.</summary>
    /// <param name="word">The word.</param>
    public static ClinicalFormula? Find(string word) => All.FirstOrDefault(formula => WordOf(formula.Name) == word);

    /// <summary>The formula of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a name.</exception>
    public static ClinicalFormula Of(FormulaName name) =>
        s_formulas.TryGetValue(name, out var formula) ? formula : throw new ArgumentOutOfRangeException(nameof(name), name, "Not a formula.");
}
