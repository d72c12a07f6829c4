using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Elements that depend on the instant of the question: an end that has come, a length, an age.</summary>
internal static class ComputedElements
{
    /// <summary>The end, when it had come at the instant of the question.</summary>
    public static ElementValue? EndBy(Finding finding, QueryContext context) =>
        TimeElements.End(finding) is { } end && (IsPlan(finding.Resource.Key.Type) || HasHappened(end, context)) ? end : null;

    /// <summary>Whether a date or flag holds at the instant of the question.</summary>
    public static bool HasHappened(ElementValue value, QueryContext context) =>
        value.Value.ValueKind != JsonValueKind.String
        || !RecordedMoment.TryParse(value.Value.GetString(), context.Zone, out var moment)
        || moment.Start <= context.AsOf;

    /// <summary>The length of a period that has ended, in days.</summary>
    public static ElementValue? Duration(PatientRecord record, Finding finding, QueryContext context) =>
        TimeElements.Start(record, finding) is { } start && EndBy(finding, context) is { } end
            ? Length(finding, [start, end], new Dictionary<string, string> { [DerivationParameters.Zone] = context.Zone.Id }, context.Zone)
            : null;

    /// <summary>A length in the unit and the completeness that a query asks for; null when the times are recorded too coarsely for it.</summary>
    public static ElementValue? InUnit(Finding finding, ElementValue length, string? unit, bool whole, TimeZoneInfo zone)
    {
        var parameters = length.Computed!.Parameters.ToDictionary();
        if (unit is not null)
            parameters[DerivationParameters.Unit] = unit;
        if (whole)
            parameters[DerivationParameters.Whole] = "true";
        return Length(finding, length.Computed.Inputs, parameters, zone);
    }

    private static ElementValue? Length(Finding finding, IReadOnlyList<ElementValue> bounds, Dictionary<string, string> parameters, TimeZoneInfo zone)
    {
        var unit = parameters.GetValueOrDefault(DerivationParameters.Unit, LengthUnits.Days);
        return DerivedValues.TryLength(bounds[0].Value.GetString(), bounds[1].Value.GetString(), zone, unit, parameters.ContainsKey(DerivationParameters.Whole), out var length)
            ? new ElementValue(finding.Resource, finding.Resource.Key.Type, JsonSerializer.SerializeToElement(length))
            {
                Unit = unit,
                Computed = new Computation("duration", bounds, parameters),
            }
            : null;
    }

    /// <summary>Completed years from birth to the instant of the question, or to death when that came first.</summary>
    public static ElementValue? Age(ElementCursor patient, QueryContext context)
    {
        if (!patient.TryChild("birthDate", out var birth) || !RecordedMoment.TryParse(birth.Text, context.Zone, out var born) || born.Precision < TimePrecision.Day)
            return null;

        var inputs = new List<ElementValue> { birth.ToValue() };
        if (patient.TryChoice("deceased", out var deceased, out var type) && type == "dateTime" && HasHappened(deceased.ToValue(), context))
            inputs.Add(deceased.ToValue());

        var parameters = new Dictionary<string, string>
        {
            ["asOf"] = context.AsOf.ToString("O", CultureInfo.InvariantCulture),
            ["zone"] = context.Zone.Id,
        };
        return DerivedValues.TryAge(birth.Text, inputs.Count > 1 ? inputs[1].Value.GetString() : null, context.AsOf, context.Zone, out var years)
            ? new ElementValue(patient.Holder, patient.Path, JsonSerializer.SerializeToElement(years))
            {
                Unit = "a",
                Computed = new Computation("age", inputs, parameters),
            }
            : null;
    }

    private static bool IsPlan(string type) =>
        type is "Appointment" or "MedicationRequest" or "ServiceRequest" or "CarePlan" or "Goal" or "Consent";
}
