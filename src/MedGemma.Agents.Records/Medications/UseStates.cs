using System.Collections.Immutable;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Medications;

/// <summary>States of what was taken, given or handed out, as opposed to ordered.</summary>
internal static class UseStates
{
    public static MedicationState OfStatement(RecordResource statement, DateTimeOffset moment, bool statusHolds, TimeZoneInfo zone)
    {
        ImmutableArray<StateGround> grounds = [new StateGround(statement.Key, "MedicationStatement.status", statement.Status), .. When(statement)];
        var period = statement.Json.TryGetProperty("effectivePeriod"u8, out var effective) ? FhirPeriod.Read(effective, zone) : default;
        if (moment < period.Start)
            return new NotStartedMedication($"taken since {period.StartText}", grounds);

        if (moment >= period.End)
            return new EndedMedication($"taken until {period.EndText}", grounds);

        if (period.Start is null && statement.When?.Start > moment)
            return new UndeterminedMedication($"stated on {statement.WhenText}, before that is not recorded", grounds);

        return statement.Status switch
        {
            "active" => new CurrentMedication($"stated as active on {statement.WhenText ?? "an unrecorded date"}", grounds),
            "completed" or "stopped" when period.End is not null => new CurrentMedication($"taken until {period.EndText}", grounds),
            "completed" or "stopped" when statusHolds => new EndedMedication($"{statement.Status}, when is not recorded", grounds),
            "intended" => new UndeterminedMedication("intended, whether begun is not recorded", grounds),
            "completed" or "stopped" => new UndeterminedMedication($"{statement.Status}, when is not recorded", grounds),
            "on-hold" => new UndeterminedMedication("on hold, since when is not recorded", grounds),
            _ => new UndeterminedMedication($"stated on {statement.WhenText ?? "an unrecorded date"}, status unknown", grounds),
        };
    }

    public static MedicationState OfAdministration(RecordResource administration, DateTimeOffset moment)
    {
        ImmutableArray<StateGround> grounds = When(administration);
        if (administration.When is not { } when)
            return new UndeterminedMedication("when it was given is not recorded", grounds);

        if (moment < when.Start)
            return new NotStartedMedication($"given on {administration.WhenText}", grounds);

        return when.End is null ? new UndeterminedMedication($"given since {administration.WhenText}, its end is not recorded", grounds)
            : moment < when.End ? new CurrentMedication($"being given since {administration.WhenText}", grounds)
            : new EndedMedication($"given on {administration.WhenText}", grounds);
    }

    public static MedicationState OfDispense(RecordResource dispense, DateTimeOffset moment)
    {
        ImmutableArray<StateGround> grounds = When(dispense);
        if (dispense.When?.Start is not { } handedOver)
            return new UndeterminedMedication("when it was handed out is not recorded", grounds);

        if (moment < handedOver)
            return new NotStartedMedication($"handed out on {dispense.WhenText}", grounds);

        if (!dispense.Json.TryGetProperty("daysSupply"u8, out var supply) || OrderTerms.Days(supply) is not { } days || days is < 0 or > 36_500)
            return new UndeterminedMedication($"handed out on {dispense.WhenText}, for how long is not recorded", grounds);

        grounds = [.. grounds, new StateGround(dispense.Key, "MedicationDispense.daysSupply.value", supply.GetProperty("value").GetRawText())];
        return moment < handedOver.AddDays((double)days)
            ? new CurrentMedication($"handed out on {dispense.WhenText} for {days:0.##} days", grounds)
            : new EndedMedication($"handed out on {dispense.WhenText} for {days:0.##} days", grounds);
    }

    private static ImmutableArray<StateGround> When(RecordResource resource) =>
        resource is { WhenPath: { } path, WhenHolder: { } holder } ? [new StateGround(holder, path, resource.WhenText)] : [];
}
