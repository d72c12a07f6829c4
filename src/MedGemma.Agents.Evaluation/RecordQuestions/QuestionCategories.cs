using System.Collections.Frozen;

namespace MedGemma.Agents.Evaluation.RecordQuestions;

/// <summary>The ten categories of the record suite and the question types (templates) in each.</summary>
internal static class QuestionCategories
{
    private static readonly (string Category, string[] Templates)[] Catalogue =
    [
        ("identity", ["patient-birth-date", "patient-gender", "patient-age", "patient-deceased", "other-patient", "not-in-a-chart"]),
        ("allergies-and-precautions", ["allergy-list", "allergy-to", "allergy-reaction", "allergy-count", "code-status", "isolation"]),
        ("conditions", ["condition-has", "condition-since", "family-history", "family-history-relative"]),
        ("medications",
        [
            "medication-ever", "medication-current", "medication-first", "medication-last", "medication-count", "medication-dose", "medication-stopped",
            "medication-current-list", "drug-class-current", "drug-class-ever", "drug-class-which",
        ]),
        ("bedside",
        [
            "dose-given", "dose-last", "dose-count", "urine-output-24h", "device-current-list", "device-time", "device-removed", "culture-organism",
            "culture-resistance", "culture-susceptible",
        ]),
        ("measurements",
        [
            "measurement-latest", "measurement-latest-time", "measurement-first", "measurement-second", "measurement-previous", "measurement-normal",
            "measurement-ever", "measurement-in-unit", "measurement-before-procedure", "measurement-after-procedure",
        ]),
        ("measurement-series",
        [
            "measurement-highest", "measurement-lowest", "measurement-highest-time", "measurement-lowest-time", "measurement-highest-in-unit",
            "measurement-average", "measurement-average-absolute-window", "measurement-count", "measurement-count-above", "measurement-count-in-year",
            "measurement-count-relative-window", "measurement-count-absolute-window", "measurement-count-in-stay", "measurement-highest-absolute-window",
            "measurement-highest-in-stay", "measurement-highest-24h", "measurement-ever-above", "measurement-ever-below", "measurement-change", "measurement-trend",
        ]),
        ("procedures-and-immunizations",
        [
            "procedure-ever", "procedure-last-time", "procedure-first-time", "procedure-count", "procedure-site", "procedure-in-year", "imaging-time",
            "immunization-ever", "immunization-last", "immunization-count",
        ]),
        ("encounters",
        [
            "admission-count", "admission-last", "admission-first", "admission-reason", "admission-attending", "admission-current", "discharge-last",
            "readmission-30-days", "icu-ever", "emergency-count", "emergency-last",
        ]),
        ("notes-and-plans", ["note-mentions", "note-count", "note-last-time", "care-team", "goals", "appointment-next", "pending-list"]),
    ];

    private static readonly FrozenDictionary<string, string> ByTemplate = Catalogue
        .SelectMany(entry => entry.Templates.Select(template => KeyValuePair.Create(template, entry.Category)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of the categories.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Catalogue.Select(entry => entry.Category)];

    /// <summary>Names of the question types.</summary>
    public static IReadOnlyCollection<string> Templates => ByTemplate.Keys;

    /// <summary>The category of a question type.</summary>
    /// <param name="template">The type.</param>
    /// <exception cref="KeyNotFoundException">The generator writes a type that has no category.</exception>
    public static string Of(string template) => ByTemplate[template];
}
