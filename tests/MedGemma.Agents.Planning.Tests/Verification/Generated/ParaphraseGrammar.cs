using System.Globalization;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Verification.Generated;

/// <summary>True sentences in the free wordings that models use, which no template of the built-in writer has, with the corruptions that each allows.</summary>
internal static class ParaphraseGrammar
{
    private static readonly (string Name, string Asked, string Unit, string OtherUnit)[] s_tests =
    [
        ("Hemoglobin A1c/Hemoglobin.total in Blood", "HbA1c", "%", "mmol/mol"),
        ("Glucose [Mass/volume] in Blood", "glucose", "mg/dL", "mmol/L"),
        ("Creatinine [Mass/volume] in Serum or Plasma", "creatinine", "mg/dL", "umol/L"),
        ("Vancomycin trough", "vancomycin level", "mcg/mL", "mg/mL"),
        ("Body weight", "weight", "kg", "lb"),
        ("Potassium [Moles/volume] in Serum or Plasma", "potassium", "mmol/L", "mg/dL"),
    ];

    private static readonly string[] s_drugs = ["Metformin 500 MG Oral Tablet", "Lisinopril 10 MG Oral Tablet", "Digoxin 125 MCG Oral Tablet", "Levothyroxine 50 MCG Oral Tablet", "Warfarin"];

    private static readonly string[] s_otherDrugs = ["Heparin", "Amiodarone", "Clopidogrel", "Prednisone"];

    public static Scenario Generate(int seed)
    {
        var dice = new Dice(seed);
        return dice.Next(6) switch
        {
            0 or 1 => Latest(dice),
            2 => Count(dice),
            3 => Current(dice),
            4 => Mean(dice),
            _ => Highest(dice),
        };
    }

    private static Scenario Latest(Dice dice) => Value(dice, new LatestAggregate(), "latest", dice.Pick(
        "{subject} most recent {name} was reported as {num} {unit} on {date}.",
        "The last {name} on file {verb} {num} {unit}, on {date}.",
        "{name} was last checked on {date}, with a result of {num} {unit}.",
        "Looking at the chart, the latest {name} {verb} {num} {unit} ({date}).",
        "On {date}, {subject} latest {name} {verb} {num} {unit}.",
        "{subject} latest available {name} is {num} {unit}, dated {date}."));

    private static Scenario Highest(Dice dice) => Value(dice, new ExtremeAggregate(true), "highest", dice.Pick(
        "The highest {name} on record {verb} {num} {unit}, on {date}.",
        "{subject} {name} peaked at {num} {unit} on {date}.",
        "At its highest, {subject} {name} reached {num} {unit} ({date}).",
        "The maximum {name} documented in the chart {verb} {num} {unit} on {date}."));

    private static Scenario Value(Dice dice, Aggregate aggregate, string which, string template)
    {
        var test = dice.Pick(s_tests);
        var chart = new Chart();
        var day = dice.Day();
        var number = (dice.Next(3000) + 11) / 10m;
        var text = number.ToString(CultureInfo.InvariantCulture);
        var resource = chart.Add("Observation", RecordKind.LaboratoryResult, test.Name, $"{day:yyyy-MM-dd}T09:30:00-04:00", "final");
        var result = Chart.Found(Chart.Query(RecordKind.LaboratoryResult, aggregate, test.Asked), [Chart.Value(resource, number, test.Unit)], 7, 1, test.Asked);
        var slots = new Dictionary<string, string>
        {
            ["subject"] = dice.Pick("the patient's", "her", "your"), ["name"] = test.Asked, ["num"] = text, ["unit"] = test.Unit, ["date"] = dice.Write(day), ["verb"] = "was",
        };
        List<Corruption> corruptions =
        [
            new("digit", "num", dice.OtherDigit(text)),
            new("unit", "unit", test.OtherUnit),
            new("date by a day", "date", dice.Write(day.AddDays(dice.Pick(-1, 1)))),
            new("date by a year", "date", dice.Write(day.AddDays(dice.Pick(-365, 366)))),
            new("name", "name", dice.PickOther(test, s_tests).Asked),
            new("comparator", "num", dice.Pick("below ", "more than ", "at least ") + text),
        ];
        if (template.Contains("{verb}", StringComparison.Ordinal))
            corruptions.Add(new("negation", "verb", "was not"));
        if (template.Contains("{subject}", StringComparison.Ordinal))
            corruptions.Add(new("subject", "subject", dice.Pick("the mother's", "her father's", "Maria's")));
        if (which == "latest")
            corruptions.Add(new("superlative", null, $"The highest {test.Asked} was {text} {test.Unit} on {slots["date"]}."));
        return new Scenario(chart, result, template, slots, corruptions);
    }

    private static Scenario Count(Dice dice)
    {
        var chart = new Chart();
        var drug = dice.Pick(s_drugs);
        var start = dice.Day();
        var count = 2 + dice.Next(12);
        var inputs = Enumerable.Range(0, count).Select(index => Chart.Evidence(
            chart.Add("MedicationRequest", RecordKind.MedicationRequest, drug, $"{start.AddDays(index * 3):yyyy-MM-dd}", "completed"), null, null, "MedicationRequest")).ToArray();
        var result = Chart.Found(Chart.Query(RecordKind.MedicationRequest, new CountAggregate(), drug), [Chart.Computed("count", count, null, null, inputs)], count);
        var slots = new Dictionary<string, string> { ["num"] = count.ToString(CultureInfo.InvariantCulture), ["name"] = drug, ["things"] = dice.Pick("prescriptions", "orders"), ["verb"] = "were" };
        return new Scenario(chart, result, dice.Pick(
            "In total, {num} {things} for {name} {verb} found in the chart.",
            "{num} {things} of {name} {verb} found.",
            "The patient has {num} {things} for {name}.",
            "Altogether there {verb} {num} {things} for {name}."), slots,
        [
            new("digit", "num", (count + 1 + dice.Next(4)).ToString(CultureInfo.InvariantCulture)),
            new("name", "name", dice.Pick(s_otherDrugs)),
            new("kind", "things", dice.Pick("administrations", "procedures")),
            new("comparator", "num", dice.Pick("more than ", "fewer than ") + count.ToString(CultureInfo.InvariantCulture)),
        ]);
    }

    private static Scenario Current(Dice dice)
    {
        var chart = new Chart();
        var names = s_drugs.OrderBy(_ => dice.Next(1000)).Take(2 + dice.Next(3)).ToArray();
        var start = dice.Day();
        var values = names.Select((name, index) => Chart.Value(
            chart.Add("MedicationRequest", RecordKind.Medication, name, $"{start.AddDays(index * 17):yyyy-MM-dd}", "active"), name)).ToArray();
        var result = Chart.Found(
            new RecordQuery(new RecordSelection { Kinds = [RecordKind.Medication], CurrentOnly = true }, new ListAggregate()), values, values.Length, values.Length);
        var head = dice.Pick("The patient is currently on ", "Active medications are ", "She is currently taking ");
        string Join(IReadOnlyList<string> parts) => head + (parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}") + ".";
        var odd = dice.Next(names.Length);
        List<Corruption> corruptions =
        [
            new("drug", "all", Join([.. names.Select((name, index) => index == odd ? dice.Pick(s_otherDrugs) : name)])),
            new("added item", "all", Join([.. names, dice.Pick(s_otherDrugs)])),
            new("status", "all", Join(names).Replace(head, "Stopped medications are ", StringComparison.Ordinal)),
        ];
        if (names.Length > 2)
            corruptions.Add(new("omission", "all", Join([.. names.Where((_, index) => index != odd)])));
        var strength = Array.FindIndex(names, name => name.Contains(" MCG", StringComparison.Ordinal) || name.Contains(" MG", StringComparison.Ordinal));
        if (strength >= 0)
        {
            var swapped = names[strength].Contains(" MCG", StringComparison.Ordinal)
                ? names[strength].Replace(" MCG", " mg", StringComparison.Ordinal)
                : names[strength].Replace(" MG", " mcg", StringComparison.Ordinal);
            corruptions.Add(new("mg/mcg", "all", Join([.. names.Select((name, index) => index == strength ? swapped : name)])));
        }

        return new Scenario(chart, result, "{all}", new Dictionary<string, string> { ["all"] = Join(names) }, corruptions);
    }

    private static Scenario Mean(Dice dice)
    {
        var test = dice.Pick(s_tests);
        var chart = new Chart();
        var start = dice.Day();
        var numbers = Enumerable.Range(0, 3 + dice.Next(6)).Select(_ => (dice.Next(3000) + 11) / 10m).ToArray();
        var inputs = numbers.Select((number, index) => Chart.Evidence(
            chart.Add("Observation", RecordKind.LaboratoryResult, test.Name, $"{start.AddDays(index):yyyy-MM-dd}"), number, test.Unit)).ToArray();
        var value = numbers.Average();
        var result = Chart.Found(
            Chart.Query(RecordKind.LaboratoryResult, new StatisticAggregate(Statistic.Mean), test.Asked), [Chart.Computed("mean", value, test.Unit, test.Name, inputs)], inputs.Length, 1, test.Asked);
        var text = decimal.Round(value, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture);
        var slots = new Dictionary<string, string> { ["name"] = test.Asked, ["num"] = text, ["unit"] = test.Unit, ["count"] = inputs.Length.ToString(CultureInfo.InvariantCulture), ["sup"] = dice.Pick("average", "mean") };
        return new Scenario(chart, result, dice.Pick(
            "Across {count} measurements, the {sup} {name} was {num} {unit}.",
            "The {sup} {name} works out at {num} {unit} over {count} readings.",
            "The {sup} {name} is {num} {unit}, based on {count} results."), slots,
        [
            new("digit", "num", dice.OtherDigit(text)),
            new("unit", "unit", test.OtherUnit),
            new("name", "name", dice.PickOther(test, s_tests).Asked),
            new("superlative", "sup", dice.Pick("median", "highest", "latest")),
            new("digit", "count", (inputs.Length + 1).ToString(CultureInfo.InvariantCulture)),
        ]);
    }
}
