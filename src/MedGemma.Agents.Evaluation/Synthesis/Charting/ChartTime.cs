using System.Globalization;
using Hl7.Fhir.Model;

namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>Times as the chart writes them.</summary>
internal static class ChartTime
{
    public static string Text(this DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static string DayText(this DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static FhirDateTime Fhir(this DateTimeOffset moment) => new(moment.Text());

    public static Period Until(this DateTimeOffset start, DateTimeOffset? end) => new() { Start = start.Text(), End = end?.Text() };
}
