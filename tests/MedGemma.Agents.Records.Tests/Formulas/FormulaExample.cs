using System.Globalization;
using MedGemma.Agents.Records.Formulas;

namespace MedGemma.Agents.Records.Tests.Formulas;

/// <summary>Inputs of a formula written as <c>creatinine=1.0 sex=male stroke=yes</c>; what the formula asks of history and is not written is absent.</summary>
internal static class FormulaExample
{
    private static readonly Dictionary<string, string> s_short = new()
    {
        ["weight"] = "body weight", ["height"] = "body height", ["ast"] = "aspartate aminotransferase", ["alt"] = "alanine aminotransferase", ["platelets"] = "platelet count",
        ["bun"] = "urea nitrogen", ["usodium"] = "urine sodium", ["ucreatinine"] = "urine creatinine", ["cholesterol"] = "total cholesterol", ["hdl"] = "HDL cholesterol",
        ["systolic"] = "systolic blood pressure", ["diastolic"] = "diastolic blood pressure", ["fio2"] = "inspired oxygen", ["qt"] = "QT interval", ["rate"] = "heart rate",
        ["bilirubin"] = "total bilirubin", ["inr"] = "INR", ["respiration"] = "respiratory rate", ["saturation"] = "oxygen saturation", ["temperature"] = "body temperature",
        ["coma"] = "Glasgow coma scale", ["flow"] = "oxygen flow rate", ["dialysis"] = "two dialyses within a week", ["failure"] = "heart failure",
        ["stroke"] = "stroke or transient ischemic attack", ["vascular"] = "myocardial infarction or peripheral artery disease", ["fibrillation"] = "atrial fibrillation or flutter",
        ["drugs"] = "antiplatelet drug or NSAID",
    };

    public static FormulaOutcome Compute(FormulaName name, string inputs)
    {
        var formula = FormulaCatalog.Of(name);
        var written = inputs.Split(' ').Select(item => item.Split('=')).ToDictionary(item => item[0], item => item[1]);
        var numbers = new Dictionary<string, decimal>();
        var history = formula.Inputs.OfType<HistoryInput>().ToDictionary(input => input.Name, _ => false);
        foreach (var (key, value) in written.Where(item => item.Key != "sex"))
        {
            var full = formula.Inputs.Any(input => input.Name == key) ? key : s_short[key];
            Assert.Contains(formula.Inputs, input => input.Name == full);
            if (value == "yes")
                history[full] = true;
            else
                numbers.Add(full, decimal.Parse(value, CultureInfo.InvariantCulture));
        }

        bool? isFemale = written.TryGetValue("sex", out var sex) ? sex == "female" : null;
        return formula.Compute(new FormulaValues(numbers, history, isFemale));
    }
}
