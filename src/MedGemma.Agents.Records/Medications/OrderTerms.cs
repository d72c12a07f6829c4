using System.Globalization;
using System.Text.Json;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Time;

namespace MedGemma.Agents.Records.Medications;

/// <summary>From when until when an order was written to hold.</summary>
/// <param name="Start">When it begins, with its ground; null when the order does not say.</param>
/// <param name="StartGround">Where the start stands.</param>
/// <param name="End">First moment after it, or null when open.</param>
/// <param name="EndGround">Where the end stands.</param>
/// <param name="SupplyEnd">When the supply, refills included, runs out; null when not stated.</param>
internal sealed record OrderTerms(DateTimeOffset? Start, StateGround? StartGround, DateTimeOffset? End, StateGround? EndGround, DateTimeOffset? SupplyEnd)
{
    public static OrderTerms Read(RecordResource order, TimeZoneInfo zone)
    {
        var validity = default(FhirPeriod);
        TimeSpan? supply = null;
        if (order.Json.TryGetProperty("dispenseRequest"u8, out var dispense) && dispense.ValueKind == JsonValueKind.Object)
        {
            if (dispense.TryGetProperty("validityPeriod"u8, out var period))
                validity = FhirPeriod.Read(period, zone);

            supply = SupplyOf(dispense);
        }

        var (bounds, index) = BoundsOf(order.Json, zone);
        var start = validity.Start ?? bounds.Start ?? order.When?.Start;
        var startGround = validity.Start is not null ? new StateGround(order.Key, "MedicationRequest.dispenseRequest.validityPeriod.start", validity.StartText)
            : bounds.Start is not null ? new StateGround(order.Key, BoundsPath(index) + ".start", bounds.StartText)
            : order.WhenPath is { } path && order.WhenHolder is { } holder ? new StateGround(holder, path, order.WhenText)
            : null;

        // A period that ends before it starts says nothing about its end.
        var end = validity.End is not null && !(validity.End < validity.Start) ? validity.End : null;
        var endGround = end is null ? null : new StateGround(order.Key, "MedicationRequest.dispenseRequest.validityPeriod.end", validity.EndText);
        if (bounds.End is not null && !(bounds.End < bounds.Start) && !(end <= bounds.End))
        {
            end = bounds.End;
            endGround = new StateGround(order.Key, BoundsPath(index) + ".end", bounds.EndText);
        }

        return new OrderTerms(start, startGround, end, endGround, start is { } from && supply is { } lasts && lasts < DateTimeOffset.MaxValue - from ? from + lasts : null);
    }

    /// <summary>The bounds of the dosage that runs longest; none when one of the dosages is unbounded.</summary>
    private static (FhirPeriod Bounds, int Index) BoundsOf(JsonElement order, TimeZoneInfo zone)
    {
        if (!order.TryGetProperty("dosageInstruction"u8, out var dosages) || dosages.ValueKind != JsonValueKind.Array)
            return default;

        (FhirPeriod Bounds, int Index) longest = default;
        var index = 0;
        foreach (var dosage in dosages.EnumerateArray())
        {
            if (dosage.ValueKind != JsonValueKind.Object
                || !dosage.TryGetProperty("timing"u8, out var timing) || timing.ValueKind != JsonValueKind.Object
                || !timing.TryGetProperty("repeat"u8, out var repeat) || repeat.ValueKind != JsonValueKind.Object
                || !repeat.TryGetProperty("boundsPeriod"u8, out var period))
            {
                return default;
            }

            var bounds = FhirPeriod.Read(period, zone);
            if (bounds.End is null)
                return (bounds, index);

            if (index == 0 || bounds.End > longest.Bounds.End)
                longest = (bounds, index);

            index++;
        }

        return longest;
    }

    private static TimeSpan? SupplyOf(JsonElement dispense)
    {
        if (!dispense.TryGetProperty("expectedSupplyDuration"u8, out var duration) || Days(duration) is not { } days)
            return null;

        var repeats = dispense.TryGetProperty("numberOfRepeatsAllowed"u8, out var allowed) && allowed.ValueKind == JsonValueKind.Number && allowed.TryGetInt32(out var count) ? count : 0;
        var total = days * (repeats + 1);
        return total is >= 0 and < 36_500 ? TimeSpan.FromDays((double)total) : null;
    }

    /// <summary>A Duration in days; null in another unit than days, weeks or hours.</summary>
    internal static decimal? Days(JsonElement duration)
    {
        if (duration.ValueKind != JsonValueKind.Object || !duration.TryGetProperty("value"u8, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var number))
            return null;

        var unit = duration.TryGetProperty("code"u8, out var code) ? code.GetString() : duration.TryGetProperty("unit"u8, out var text) ? text.GetString() : null;
        return unit switch
        {
            "d" or "day" or "days" or "Day" or "Days" => number,
            "wk" or "week" or "weeks" => number * 7,
            "h" or "hour" or "hours" => number / 24,
            _ => null,
        };
    }

    private static string BoundsPath(int index) => string.Create(CultureInfo.InvariantCulture, $"MedicationRequest.dosageInstruction[{index}].timing.repeat.bounds");
}
