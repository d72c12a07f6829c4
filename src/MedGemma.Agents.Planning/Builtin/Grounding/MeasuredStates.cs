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
}
