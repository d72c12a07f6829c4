using System.Collections.Immutable;
using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Status;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Conditions;

/// <summary>Computes the states of conditions. Safe for concurrent use.</summary>
public static class ConditionStates
{
    /// <summary>The state of a Condition or AllergyIntolerance at an instant.</summary>
    /// <param name="record">The record that it is of.</param>
    /// <param name="condition">The resource.</param>
    /// <param name="moment">The instant that is asked about.</param>
    public static ConditionState At(PatientRecord record, RecordResource condition, DateTimeOffset moment)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(condition);
        var status = new StateGround(condition.Key, condition.Key.Type + ".clinicalStatus", condition.Status);
        if (condition.Standing == Standing.NeverCounts || condition.Labels.Contains("family history"))
            return new NotACondition(string.Join(", ", condition.Labels), [status]);

        if (condition.Labels.Contains("personal history"))
            return new EndedCondition("personal history", [new StateGround(condition.Key, condition.Concept!.Path, condition.Concept.Name)]);

        ImmutableArray<StateGround> grounds = condition is { WhenPath: { } path, WhenHolder: { } holder }
            ? [new StateGround(holder, path, condition.WhenText), status]
            : [status];
        if (condition.RecordedAt > moment)
            return new NotStartedCondition("recorded later", grounds);

        if (condition.When is { Start: { } start } && moment < start)
            return new NotStartedCondition($"since {condition.WhenText}", grounds);

        var (abatement, text) = Abatement(condition, record.Zone);
        if (abatement is not null)
            grounds = [.. grounds, new StateGround(condition.Key, "Condition.abatement", text)];

        if (moment >= abatement?.End)
            return new EndedCondition($"until {text}", grounds);

        if (record.Facts.Death?.Start is { } death && moment >= death)
            return new EndedCondition("the patient had died", [.. grounds, new StateGround(record.Patient.Key, "Patient.deceased", null)]);

        if (abatement is { } partly && moment >= partly.Start)
            return new UndeterminedCondition($"ended some time in {text}", grounds);

        return ByStatus(record, condition, moment, abatement is not null, grounds);
    }

    private static ConditionState ByStatus(PatientRecord record, RecordResource condition, DateTimeOffset moment, bool endsLater, ImmutableArray<StateGround> grounds)
    {
        if (endsLater)
            return new PresentCondition($"since {condition.WhenText}, ended later", grounds);

        switch (condition.Status)
        {
            case "active" or "recurrence" or "relapse":
                if (record.Facts is { IsDeceased: true, Death: null })
                    return new UndeterminedCondition("the patient has died, the date is not recorded", grounds);

                return new PresentCondition(condition.WhenText is { } since ? $"{condition.Status} since {since}" : $"{condition.Status}, since when is not recorded", grounds);
            case "inactive" or "remission" or "resolved":
                return moment >= record.LatestKnown
                    ? new EndedCondition($"{condition.Status}, since when is not recorded", grounds)
                    : new UndeterminedCondition($"{condition.Status}, since when is not recorded", grounds);
            default:
                return new UndeterminedCondition(
                    condition.WhenHolder is { Type: "Encounter" } ? $"diagnosis of the encounter of {condition.WhenText}, status not recorded" : "status not recorded", grounds);
        }
    }

    private static (TimeInterval? When, string? Text) Abatement(RecordResource condition, TimeZoneInfo zone)
    {
        if (condition.Json.TryGetProperty("abatementDateTime"u8, out var at) && at.ValueKind == JsonValueKind.String && at.GetString() is { } text
            && FhirTime.TryParse(text, zone, out var when, out _))
        {
            return (when, text);
        }

        if (condition.Json.TryGetProperty("abatementPeriod"u8, out var period) && FhirPeriod.Read(period, zone) is { } read && (read.Start ?? read.End) is not null)
            return (new TimeInterval(read.Start ?? read.End, read.End), read.EndText ?? read.StartText);

        return default;
    }
}
