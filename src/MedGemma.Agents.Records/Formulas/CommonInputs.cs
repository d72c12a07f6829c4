using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Formulas;

/// <summary>Inputs that several formulas share. Ranges are wide: they keep out slips of the unit, not severe disease.</summary>
internal static class CommonInputs
{
    private static readonly RecordKind[] s_vital = [RecordKind.VitalSign, RecordKind.Observation];

    public static readonly AgeInput Age = new();
    public static readonly SexInput Sex = new();

    public static MeasuredInput Creatinine(int days) => Laboratory("creatinine", "mg/dL", days, 0.05m, 40);

    public static MeasuredInput Sodium(int days) => Laboratory("sodium", "mmol/L", days, 90, 210);

    public static MeasuredInput Chloride(int days) => Laboratory("chloride", "mmol/L", days, 50, 170);

    public static MeasuredInput Bicarbonate(int days) => Laboratory("bicarbonate", "mmol/L", days, 1, 70);

    public static MeasuredInput Albumin(int days) => Laboratory("albumin", "g/dL", days, 0.3m, 8);

    public static MeasuredInput Bilirubin(int days) => Laboratory("total bilirubin", "mg/dL", days, 0, 80);

    public static MeasuredInput Glucose(int days) => Laboratory("glucose", "mg/dL", days, 5, 2500);

    public static MeasuredInput Inr(int days) => Laboratory("INR", "1", days, 0.5m, 25);

    public static MeasuredInput Weight(int days) => Vital("body weight", "kg", TimeSpan.FromDays(days), 0.3m, 500);

    public static MeasuredInput Height(int days) => Vital("body height", "cm", TimeSpan.FromDays(days), 20, 260);

    public static MeasuredInput Systolic(TimeSpan freshness) => Vital("systolic blood pressure", "mm[Hg]", freshness, 30, 320);

    public static MeasuredInput Diastolic(TimeSpan freshness) => Vital("diastolic blood pressure", "mm[Hg]", freshness, 10, 220);

    public static MeasuredInput HeartRate(TimeSpan freshness) => Vital("heart rate", "/min", freshness, 15, 350);

    public static MeasuredInput Laboratory(string name, string unit, int days, decimal least, decimal most) => new(name, unit, TimeSpan.FromDays(days), least, most);

    public static MeasuredInput Vital(string name, string unit, TimeSpan freshness, decimal least, decimal most) => new(name, unit, freshness, least, most) { Kinds = s_vital };
}
