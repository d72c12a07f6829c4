using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Grounding;

/// <summary>States that a number beside them measures: whoever asks for a fever above 38 asks for the temperature.</summary>
internal static class MeasuredStates
{
    /// <summary>Name of the measurement in the vocabulary of concepts, or null.</summary>
    public static string? MeasurementOf(string state) => state.ToLowerInvariant() switch
    {
        "febrile" or "fever" or "fevers" or "pyrexia" or "pyrexial" or "hypothermic" or "hypothermia" => "body temperature",
        "tachycardic" or "tachycardia" or "bradycardic" or "bradycardia" => "heart rate",
        "hypoxic" or "hypoxia" or "hypoxaemic" or "hypoxemic" or "hypoxemia" or "hypoxaemia" or "desaturated" or "desaturation" or "desats" => "oxygen saturation",
        "tachypnoeic" or "tachypneic" or "tachypnea" or "tachypnoea" => "respiratory rate",
        "hypotensive" or "hypotension" or "hypertensive" => "systolic blood pressure",
        "hyperkalaemic" or "hyperkalemic" or "hyperkalaemia" or "hyperkalemia" or "hypokalaemic" or "hypokalemic" or "hypokalaemia" or "hypokalemia" => "potassium",
        "hyponatraemic" or "hyponatremic" or "hyponatraemia" or "hyponatremia" or "hypernatraemia" or "hypernatremia" => "sodium",
        "hypoglycaemic" or "hypoglycemic" or "hypoglycaemia" or "hypoglycemia" or "hyperglycaemic" or "hyperglycemic" or "hyperglycaemia" or "hyperglycemia" => "glucose",
        "anaemic" or "anemic" or "anaemia" or "anemia" => "hemoglobin",
        "thrombocytopenic" or "thrombocytopenia" => "platelet count",
        _ => null,
    };

    /// <summary>The measurement that tells a state, the usual bound and how it is said; null for other words and for states whose bounds differ between patients.</summary>
    public static (string Measurement, ValueFilter Value, string Bound)? BoundOf(string state) => state switch
    {
        "febrile" or "fever" or "fevers" or "feverish" or "pyrexia" or "pyrexial" or "pyrexic" => ("body temperature", new ValueFilter(ValueComparison.AtLeast, 38, "Cel"), "of at least 38 °C"),
        "afebrile" or "apyrexial" or "apyrexic" => ("body temperature", new ValueFilter(ValueComparison.Below, 38, "Cel"), "below 38 °C"),
        "tachycardic" => ("heart rate", new ValueFilter(ValueComparison.Above, 100, null), "above 100"),
        "bradycardic" => ("heart rate", new ValueFilter(ValueComparison.Below, 60, null), "below 60"),
        "tachypnoeic" or "tachypneic" => ("respiratory rate", new ValueFilter(ValueComparison.Above, 20, null), "above 20"),
        "hypotensive" => ("systolic blood pressure", new ValueFilter(ValueComparison.Below, 90, null), "below 90 mmHg"),
        "hypoxic" or "hypoxaemic" or "hypoxemic" or "desaturated" or "desaturating" => ("oxygen saturation", new ValueFilter(ValueComparison.Below, 90, null), "below 90 %"),
        _ => null,
    };
}
