namespace MedGemma.Agents.Records.Formulas.Scores;

/// <summary>National Early Warning Score 2, oxygen saturation scale 1, 0 to 20 points.</summary>
internal sealed class News2 : ClinicalFormula
{
    private static readonly TimeSpan s_day = TimeSpan.FromHours(24);
    private static readonly MeasuredInput s_flow = CommonInputs.Vital("oxygen flow rate", "L/min", s_day, 0, 100) with { IsOptional = true };
    private static readonly MeasuredInput s_inspired = CommonInputs.Vital("inspired oxygen", "%", s_day, 20, 100) with { IsOptional = true };

    public override FormulaName Name => FormulaName.News2;

    public override string Title => "NEWS2";

    public override string Source => "Royal College of Physicians, National Early Warning Score (NEWS) 2, London 2017.";

    public override string Validity => "For adults who are not pregnant, by oxygen saturation scale 1; consciousness is read from the Glasgow coma scale, 15 as alert.";

    public override IReadOnlyList<FormulaInput> Inputs { get; } =
    [
        CommonInputs.Vital("respiratory rate", "/min", s_day, 1, 80),
        CommonInputs.Vital("oxygen saturation", "%", s_day, 30, 100),
        CommonInputs.Systolic(s_day),
        CommonInputs.HeartRate(s_day),
        CommonInputs.Vital("body temperature", "Cel", s_day, 20, 45),
        QuickSofa.Coma,
        s_flow,
        s_inspired,
        CommonInputs.Age,
    ];

    public override TimeSpan? Together => TimeSpan.FromHours(1);

    public override FormulaOutcome Compute(FormulaValues values)
    {
        if (values["age"] < 16)
            return NotValid("it is for patients from 16 years");
        if (values.Find(s_flow.Name) is null && values.Find(s_inspired.Name) is null)
            return NotValid("whether oxygen is given is not recorded (oxygen flow rate or inspired oxygen)");

        var onOxygen = values.Find(s_flow.Name) > 0 || values.Find(s_inspired.Name) > 21;
        var points = Respiration(values["respiratory rate"]) + Saturation(values["oxygen saturation"]) + (onOxygen ? 2 : 0) + Pressure(values["systolic blood pressure"])
            + Pulse(values["heart rate"]) + (values[QuickSofa.Coma.Name] < 15 ? 3 : 0) + Temperature(values["body temperature"]);
        return Points(points);
    }

    private static int Respiration(decimal rate) => rate <= 8 ? 3 : rate <= 11 ? 1 : rate <= 20 ? 0 : rate <= 24 ? 2 : 3;

    private static int Saturation(decimal percent) => percent <= 91 ? 3 : percent <= 93 ? 2 : percent <= 95 ? 1 : 0;

    private static int Pressure(decimal systolic) => systolic <= 90 ? 3 : systolic <= 100 ? 2 : systolic <= 110 ? 1 : systolic <= 219 ? 0 : 3;

    private static int Pulse(decimal rate) => rate <= 40 ? 3 : rate <= 50 ? 1 : rate <= 90 ? 0 : rate <= 110 ? 1 : rate <= 130 ? 2 : 3;

    private static int Temperature(decimal celsius) => celsius <= 35.0m ? 3 : celsius <= 36.0m ? 1 : celsius <= 38.0m ? 0 : celsius <= 39.0m ? 1 : 2;
}
