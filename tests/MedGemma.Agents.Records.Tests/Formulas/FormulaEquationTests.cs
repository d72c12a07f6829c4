using MedGemma.Agents.Records.Formulas;

namespace MedGemma.Agents.Records.Tests.Formulas;

/// <summary>Each formula against worked examples: of its publication, of calculators of its authors, or computed by hand where the row says how.</summary>
public sealed class FormulaEquationTests
{
    [Theory]
    // Inker et al. 2021, figure 2: 142 x min(Scr/k, 1)^a x max(Scr/k, 1)^-1.2 x 0.9938^age (x 1.012 for women), computed by hand: 91.7, 68.6, 129.3, 39.5.
    [InlineData(FormulaName.EstimatedGlomerularFiltrationRate, "creatinine=1.0 age=50 sex=male", 92)]
    [InlineData(FormulaName.EstimatedGlomerularFiltrationRate, "creatinine=1.0 age=50 sex=female", 69)]
    [InlineData(FormulaName.EstimatedGlomerularFiltrationRate, "creatinine=0.5 age=30 sex=female", 129)]
    [InlineData(FormulaName.EstimatedGlomerularFiltrationRate, "creatinine=1.8 age=72 sex=male", 39)]
    // Cockcroft and Gault 1976: (140 - age) x weight / (72 x creatinine), 15 % less for women.
    [InlineData(FormulaName.CockcroftGault, "creatinine=1.2 age=60 weight=72 sex=male", 67)]
    [InlineData(FormulaName.CockcroftGault, "creatinine=1.2 age=60 weight=72 sex=female", 57)]
    // WHO: 70 kg at 175 cm.
    [InlineData(FormulaName.BodyMassIndex, "age=40 weight=70 height=175", 22.9)]
    // Mosteller 1987: 60 kg, 150 cm gives 1.58 m2.
    [InlineData(FormulaName.BodySurfaceArea, "age=40 weight=60 height=150", 1.58)]
    // Sterling 2006: 45 years, AST 60, ALT 49, platelets 150.
    [InlineData(FormulaName.Fibrosis4, "age=45 ast=60 alt=49 platelets=150", 2.57)]
    [InlineData(FormulaName.AnionGap, "sodium=140 chloride=104 bicarbonate=24", 12)]
    [InlineData(FormulaName.AlbuminCorrectedAnionGap, "sodium=140 chloride=104 bicarbonate=24 albumin=2.0", 17)]
    // Payne 1973 in g/dL: 8.0 mg/dL at 2.0 g/dL.
    [InlineData(FormulaName.CorrectedCalcium, "calcium=8.0 albumin=2.0", 9.6)]
    // Katz 1973: 1.6 mmol/L for each 100 mg/dL.
    [InlineData(FormulaName.CorrectedSodium, "sodium=130 glucose=600", 138)]
    [InlineData(FormulaName.SerumOsmolality, "sodium=140 glucose=90 bun=14", 290)]
    // Espinel 1976: prerenal below 1 %.
    [InlineData(FormulaName.FractionalSodiumExcretion, "usodium=20 ucreatinine=100 sodium=140 creatinine=2.0", 0.29)]
    [InlineData(FormulaName.LdlFriedewald, "cholesterol=200 hdl=50 triglycerides=150", 120)]
    [InlineData(FormulaName.MeanArterialPressure, "systolic=120 diastolic=80", 93)]
    // Room air, PaCO2 40, PaO2 90: 149.7 - 50 - 90.
    [InlineData(FormulaName.AlveolarArterialGradient, "PaO2=90 PaCO2=40 fio2=21", 10)]
    [InlineData(FormulaName.QtcBazett, "qt=400 rate=60", 400)]
    [InlineData(FormulaName.QtcBazett, "qt=360 rate=100", 465)]
    [InlineData(FormulaName.QtcFridericia, "qt=360 rate=100", 427)]
    // MELD 3.0, Kim 2021: lower limits give 6; the extreme is capped at 40.
    [InlineData(FormulaName.Meld3, "age=50 sex=male bilirubin=1 sodium=140 inr=1 creatinine=1 albumin=4", 6)]
    [InlineData(FormulaName.Meld3, "age=50 sex=female bilirubin=1 sodium=140 inr=1 creatinine=1 albumin=4", 7)]
    // Computed term by term: 1.33 + 5.009 + 5.74 - 1.845 + 3.686 + 6.549 + 1.295 - 0.753 + 6 = 27.0.
    [InlineData(FormulaName.Meld3, "age=50 sex=female bilirubin=3 sodium=130 inr=1.5 creatinine=1.8 albumin=2.8", 27)]
    [InlineData(FormulaName.Meld3, "age=50 sex=male bilirubin=40 sodium=120 inr=6 creatinine=8 albumin=1", 40)]
    [InlineData(FormulaName.Meld3, "age=50 sex=male bilirubin=1 sodium=140 inr=1 creatinine=1 albumin=4 dialysis=yes", 18)]
    // OPTN 2016: MELD(i) = 0.957 ln 1.9 + 0.378 ln 4.2 + 1.120 ln 1.2 + 0.643 = 2.004, so 20; with sodium 126 it is 27.
    [InlineData(FormulaName.MeldSodium, "age=50 bilirubin=4.2 sodium=126 inr=1.2 creatinine=1.9", 27)]
    [InlineData(FormulaName.MeldSodium, "age=50 bilirubin=1 sodium=140 inr=1 creatinine=0.8", 6)]
    [InlineData(FormulaName.ChildPugh, "bilirubin=1.2 albumin=4.0 inr=1.1 cirrhosis=yes", 5)]
    [InlineData(FormulaName.ChildPugh, "bilirubin=3.5 albumin=2.5 inr=2.5 cirrhosis=yes", 11)]
    // Lip 2010: a woman of 76 with hypertension and a stroke; a man of 50 with nothing.
    [InlineData(FormulaName.StrokeRisk, "age=76 sex=female hypertension=yes stroke=yes fibrillation=yes", 6)]
    [InlineData(FormulaName.StrokeRisk, "age=50 sex=male fibrillation=yes", 0)]
    [InlineData(FormulaName.StrokeRisk, "age=80 sex=female failure=yes hypertension=yes diabetes=yes stroke=yes vascular=yes fibrillation=yes", 9)]
    [InlineData(FormulaName.StrokeRisk, "age=65 sex=male fibrillation=yes", 1)]
    [InlineData(FormulaName.BleedingRisk, "age=70 systolic=170 creatinine=2.5 stroke=yes drugs=yes", 5)]
    [InlineData(FormulaName.BleedingRisk, "age=65 systolic=160 creatinine=1.0", 0)]
    // Royal College of Physicians 2017, chart 1: all normal; and rate 26, saturation 90 on oxygen, 88 mmHg, pulse 135, 39.5 C, not alert.
    [InlineData(FormulaName.News2, "age=60 respiration=16 saturation=97 systolic=120 rate=75 temperature=37.0 coma=15 flow=0", 0)]
    [InlineData(FormulaName.News2, "age=60 respiration=26 saturation=90 systolic=88 rate=135 temperature=39.5 coma=14 flow=4", 19)]
    [InlineData(FormulaName.News2, "age=60 respiration=21 saturation=94 systolic=105 rate=95 temperature=38.2 coma=15 fio2=21", 6)]
    [InlineData(FormulaName.QuickSofa, "age=60 respiration=24 systolic=95 coma=14", 3)]
    [InlineData(FormulaName.QuickSofa, "age=60 respiration=21 systolic=101 coma=15", 0)]
    [InlineData(FormulaName.Age, "age=61", 61)]
    public void A_worked_example_comes_out(FormulaName name, string inputs, double expected)
    {
        var computed = Assert.IsType<FormulaOutcome.Computed>(FormulaExample.Compute(name, inputs));

        Assert.Equal((decimal)expected, computed.Value);
    }

    [Theory]
    [InlineData(FormulaName.EstimatedGlomerularFiltrationRate, "creatinine=0.5 age=12 sex=male")]
    [InlineData(FormulaName.BodyMassIndex, "age=12 weight=40 height=150")]
    [InlineData(FormulaName.CorrectedSodium, "sodium=140 glucose=90")]
    [InlineData(FormulaName.LdlFriedewald, "cholesterol=300 hdl=40 triglycerides=400")]
    [InlineData(FormulaName.MeanArterialPressure, "systolic=80 diastolic=80")]
    [InlineData(FormulaName.AlveolarArterialGradient, "PaO2=200 PaCO2=40 fio2=21")]
    [InlineData(FormulaName.ChildPugh, "bilirubin=1 albumin=4 inr=1")]
    [InlineData(FormulaName.ChildPugh, "bilirubin=1 albumin=4 inr=1 cirrhosis=yes ascites=yes")]
    [InlineData(FormulaName.BleedingRisk, "age=70 systolic=150 creatinine=1 warfarin=yes")]
    [InlineData(FormulaName.News2, "age=60 respiration=16 saturation=97 systolic=120 rate=75 temperature=37.0 coma=15")]
    [InlineData(FormulaName.Meld3, "age=9 sex=male bilirubin=1 sodium=140 inr=1 creatinine=1 albumin=4")]
    public void A_formula_is_not_used_where_it_does_not_hold(FormulaName name, string inputs) =>
        Assert.IsType<FormulaOutcome.NotValid>(FormulaExample.Compute(name, inputs));

    [Fact]
    public void Every_formula_says_where_it_is_from_and_for_whom()
    {
        Assert.Equal(Enum.GetValues<FormulaName>(), FormulaCatalog.All.Select(formula => formula.Name));
        Assert.All(FormulaCatalog.All, formula =>
        {
            Assert.Same(formula, FormulaCatalog.Find(FormulaCatalog.WordOf(formula.Name)));
            Assert.NotEmpty(formula.Validity);
            Assert.NotEmpty(formula.Source);
            Assert.Equal(formula.Inputs.Count, formula.Inputs.Select(input => input.Name).Distinct().Count());
        });
    }
}
