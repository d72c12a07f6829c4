using System.Globalization;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Verification.Generated;

/// <summary>Generates true sentences in several wordings for each shape of result, with the corruptions that each allows.</summary>
internal static class ClaimGrammar
{
    private static readonly (string Name, string Asked, string Unit, string[] Spellings, string OtherUnit)[] s_tests =
    [
        ("Hemoglobin A1c/Hemoglobin.total in Blood", "HbA1c", "%", ["%", "percent"], "mmol/mol"),
        ("Glucose [Mass/volume] in Blood", "glucose", "mg/dL", ["mg/dL", "mg/dl"], "mmol/L"),
        ("Creatinine", "creatinine", "mg/dL", ["mg/dL"], "umol/L"),
        ("Vancomycin trough", "vancomycin", "mcg/mL", ["mcg/mL", "ug/mL", "µg/mL"], "mg/mL"),
        ("Body weight", "weight", "kg", ["kg", "kilograms"], "lb"),
        ("Systolic blood pressure", "systolic blood pressure", "mm[Hg]", ["mmHg", "mm[Hg]"], "kPa"),
        ("Potassium", "potassium", "mEq/L", ["mEq/L", "meq/l"], "mg/dL"),
    ];

    private static readonly string[] s_drugs =
        ["Metformin 500 MG Oral Tablet", "Lisinopril 10 MG Oral Tablet", "Warfarin", "Furosemide 40 MG Oral Tablet", "Atorvastatin 20 MG Oral Tablet",
         "Insulin Glargine", "Digoxin 125 MCG Oral Tablet", "Levothyroxine 50 MCG Oral Tablet", "Aspirin 81 MG"];

    private static readonly string[] s_otherDrugs = ["Heparin", "Amiodarone", "Clopidogrel", "Prednisone", "Morphine"];
    private static readonly string[] s_procedures = ["Total knee replacement", "Hip arthroplasty", "Mastectomy", "Carotid endarterectomy", "Cataract extraction"];
    private static readonly string[] s_subjects = ["The patient's", "Your", "Her"];
    private static readonly string[] s_otherSubjects = ["The mother's", "Her father's", "His brother's", "Patient 10000099's", "Maria's"];

    public static Scenario Generate(int seed)
    {
        var dice = new Dice(seed);
        return dice.Next(11) switch
        {
            0 or 1 => Chosen(dice),
            2 => Count(dice),
            3 => Exists(dice),
            4 => None(dice),
            5 => Statistic(dice),
            6 or 7 => CurrentMedications(dice),
            8 => Sided(dice),
            9 => Bounded(dice),
            _ => Change(dice),
        };
    }

    private static Scenario Chosen(Dice dice)
    {
        var test = dice.Pick(s_tests);
        var chart = new Chart();
        var day = dice.Day();
        var number = Decimal(dice);
        var status = dice.Pick("final", "preliminary", "corrected");
        var resource = chart.Add("Observation", RecordKind.LaboratoryResult, test.Name, $"{day:yyyy-MM-dd}T09:30:00-04:00", status);
        var which = dice.Next(4);
        Aggregate aggregate = which switch { 0 => new LatestAggregate(), 1 => new EarliestAggregate(), 2 => new ExtremeAggregate(true), _ => new ExtremeAggregate(false) };
        string[] words = which switch { 0 => ["latest", "most recent", "last"], 1 => ["first", "earliest"], 2 => ["highest", "maximum"], _ => ["lowest", "minimum"] };
        string[] wrong = [.. new[] { "latest", "first", "highest", "lowest", "average", "only", "second" }.Where(word => !words.Contains(word))];
        var result = Chart.Found(
            Chart.Query(RecordKind.LaboratoryResult, aggregate, test.Name), [Chart.Value(resource, number, test.Unit, null, status == "preliminary" ? ["preliminary"] : [])], 7, 1, test.Asked);
        var text = Text(number);
        var date = dice.Write(day);
        var slots = new Dictionary<string, string>
        {
            ["subject"] = dice.Pick(s_subjects), ["sup"] = dice.Pick(words), ["name"] = dice.Pick(test.Name, test.Asked), ["num"] = text,
            ["unit"] = dice.Pick(test.Spellings), ["date"] = date, ["status"] = status, ["verb"] = "was",
        };
        var template = dice.Pick(
            "{subject} {sup} {name} {verb} {num} {unit} on {date} ({status}).",
            "On {date}, {subject} {sup} {name} {verb} {num} {unit} ({status}).",
            "{subject} {sup} recorded {name} value {verb} {num} {unit}, measured on {date}, status {status}.",
            "{subject} {sup} {name} result, {status}, {verb} {num} {unit} ({date} at 9:30 am).");
        return new Scenario(chart, result, template, slots,
        [
            new("digit", "num", dice.OtherDigit(text)),
            new("unit", "unit", test.OtherUnit),
            new("date by a day", "date", dice.Write(day.AddDays(dice.Pick(-1, 1)))),
            new("date by a year", "date", dice.Write(day.AddDays(dice.Pick(-365, 366)))),
            new("name", "name", dice.PickOther(test, s_tests).Asked),
            new("superlative", "sup", dice.Pick(wrong)),
            new("status", "status", dice.PickOther(status, "final", "preliminary", "cancelled", "amended")),
            new("negation", "verb", "was not"),
            new("comparator", "num", dice.Pick("below ", "> ", "at least ", "less than ") + text),
            new("subject", "subject", dice.Pick(s_otherSubjects)),
        ]);
    }

    private static Scenario Count(Dice dice)
    {
        var chart = new Chart();
        var drug = dice.Pick(s_drugs);
        var start = dice.Day();
        var count = 2 + dice.Next(15);
        var distinct = 1 + dice.Next(count - 1);
        var inputs = Enumerable.Range(0, count).Select(index => Chart.Evidence(
            chart.Add("MedicationRequest", RecordKind.MedicationRequest, drug, $"{start.AddDays(index * 3):yyyy-MM-dd}", "completed"), null, null, "MedicationRequest")).ToArray();
        var (from, until) = (start.AddDays(-10), start.AddDays((count * 3) + 10));
        var hasWindow = dice.Next(2) == 0;
        var window = hasWindow ? new QueryWindow(Utc(from), Utc(until), null) : null;
        var result = Chart.Found(Chart.Query(RecordKind.MedicationRequest, new CountAggregate(), drug, window), [Chart.Computed("count", count, null, null, inputs)], count, distinct);
        var slots = new Dictionary<string, string>
        {
            ["num"] = dice.Next(2) == 0 ? Text(count) : NumberWord(count), ["things"] = dice.Pick("prescriptions", "orders"), ["name"] = drug,
            ["distinct"] = Text(distinct), ["from"] = dice.Write(from), ["until"] = dice.Write(until), ["verb"] = "are",
        };
        var template = hasWindow
            ? dice.Pick("There {verb} {num} {things} of {name} from {from} up to {until} ({distinct} distinct medications).", "From {from} until {until} there {verb} {num} {things} of {name}.",
                "{num} {name} {things} {verb} recorded between {from} and {until}.")
            : dice.Pick("There {verb} {num} {things} of {name} ({distinct} distinct medications).", "{num} {name} {things} {verb} recorded.", "The record holds {num} {things} of {name}; {num} {verb} found.");
        template = template.Replace("The record holds", "There are recorded", StringComparison.Ordinal);
        List<Corruption> corruptions =
        [
            new("digit", "num", Text(count + 1 + dice.Next(5))),
            new("name", "name", dice.Pick(s_otherDrugs)),
            new("kind", "things", dice.Pick("administrations", "procedures", "dispenses")),
            new("negation", "verb", "are not"),
            new("comparator", "num", dice.Pick("more than ", "fewer than ") + Text(count)),
        ];
        if (template.Contains("{distinct}", StringComparison.Ordinal) && distinct != count)
            corruptions.Add(new("digit", "distinct", Text(distinct + 1 + dice.Next(3))));
        if (hasWindow)
        {
            corruptions.Add(new("date by a day", "from", dice.Write(from.AddDays(dice.Pick(-1, 1)))));
            corruptions.Add(new("date by a year", "until", dice.Write(until.AddDays(dice.Pick(-365, 366)))));
            corruptions.Add(new("window", null, $"There are {count} prescriptions of {drug}."));
        }

        return new Scenario(chart, result, template, slots, corruptions);
    }

    private static Scenario Exists(Dice dice)
    {
        var chart = new Chart();
        var drug = dice.Pick(s_drugs);
        var first = dice.Day();
        var inputs = Enumerable.Range(0, 1 + dice.Next(4)).Select(index => Chart.Evidence(
            chart.Add("MedicationRequest", RecordKind.MedicationRequest, drug, $"{first.AddDays(index * 30):yyyy-MM-dd}", "completed"), null, null, "MedicationRequest")).ToArray();
        var result = Chart.Found(Chart.Query(RecordKind.MedicationRequest, new ExistsAggregate(), drug), [Chart.Computed("exists", true, null, null, inputs)], inputs.Length);
        var slots = new Dictionary<string, string> { ["yes"] = "Yes", ["name"] = drug, ["verb"] = "was prescribed", ["sup"] = dice.Pick("first", "initially"), ["date"] = dice.Write(first) };
        var template = dice.Pick("{yes}, {name} {verb}; {sup} on {date}.", "{yes}, {name} {verb}, {sup} on {date}.", "{yes}: {name} {verb} {sup} on {date}.");
        List<Corruption> corruptions =
        [
            new("name", "name", dice.Pick(s_otherDrugs)),
            new("date by a day", "date", dice.Write(first.AddDays(dice.Pick(-1, 1)))),
            new("negation", "verb", dice.Pick("was not prescribed", "was never prescribed")),
            new("negation", "yes", "No"),
            new("kind", "verb", "was administered"),
        ];
        if (inputs.Length > 1)
            corruptions.Add(new("superlative", "sup", dice.Pick("last", "most recently")));
        return new Scenario(chart, result, template, slots, corruptions);
    }

    private static Scenario None(Dice dice)
    {
        var month = new DateTime(2150 + dice.Next(40), 1 + dice.Next(12), 1);
        var (kind, name) = dice.Pick((RecordKind.Procedure, "procedures"), (RecordKind.Immunization, "immunizations"), (RecordKind.Condition, "diagnoses"));
        var window = new QueryWindow(Utc(month), Utc(month.AddMonths(1)), $"in {month:MM'/'yyyy}");
        var slots = new Dictionary<string, string>
        {
            ["no"] = "No", ["things"] = name, ["when"] = dice.Pick($"in {month:MM'/'yyyy}", $"in {month:MMMM yyyy}", $"from {dice.Write(month)} until {dice.Write(month.AddMonths(1))}", $"in {month:yyyy-MM}"),
        };
        return new Scenario(new Chart(), Chart.Empty(Chart.Query(kind, new ListAggregate(), null, window)),
            dice.Pick("{no} {things} are recorded {when}.", "{no} {things} were documented {when}.", "{no}, {things}: none recorded {when}.").Replace("{no}, {things}: none", "{no} {things} are", StringComparison.Ordinal),
            slots,
            [
                new("negation", "no", dice.Pick("Yes,", "The following", "Two", "The")),
                new("kind", "things", dice.PickOther(name, "procedures", "immunizations", "diagnoses", "medications")),
                new("date by a month", "when", $"in {month.AddMonths(dice.Pick(-1, 1)):MMMM yyyy}"),
                new("date by a year", "when", $"in {month.AddYears(dice.Pick(-1, 1)):MM'/'yyyy}"),
                new("window", "when", string.Empty),
            ]);
    }

    private static Scenario Statistic(Dice dice)
    {
        var test = dice.Pick(s_tests);
        var chart = new Chart();
        var start = dice.Day();
        var numbers = Enumerable.Range(0, 3 + dice.Next(8)).Select(_ => Decimal(dice)).ToArray();
        var inputs = numbers.Select((number, index) => Chart.Evidence(
            chart.Add("Observation", RecordKind.LaboratoryResult, test.Name, $"{start.AddDays(index):yyyy-MM-dd}"), number, test.Unit)).ToArray();
        var mean = dice.Next(2) == 0;
        var sorted = numbers.Order().ToArray();
        var middle = sorted.Length / 2;
        var value = mean ? numbers.Average() : sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        var result = Chart.Found(
            Chart.Query(RecordKind.LaboratoryResult, new StatisticAggregate(mean ? Records.Queries.Statistic.Mean : Records.Queries.Statistic.Median), test.Name),
            [Chart.Computed(mean ? "mean" : "median", value, test.Unit, test.Name, inputs)], inputs.Length, 1, test.Asked);
        var text = decimal.Round(value, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture);
        var slots = new Dictionary<string, string>
        {
            ["sup"] = mean ? dice.Pick("average", "mean") : "median", ["name"] = dice.Pick(test.Name, test.Asked), ["num"] = text, ["unit"] = dice.Pick(test.Spellings), ["count"] = Text(inputs.Length),
            ["verb"] = "was",
        };
        return new Scenario(chart, result, dice.Pick("The {sup} {name} {verb} {num} {unit} over {count} values.", "Over {count} values, the {sup} {name} {verb} {num} {unit}.", "{sup} {name}: {num} {unit} ({count} results)."),
            slots,
            [
                new("digit", "num", dice.OtherDigit(text)),
                new("unit", "unit", test.OtherUnit),
                new("name", "name", dice.PickOther(test, s_tests).Asked),
                new("superlative", "sup", dice.Pick(mean ? "median" : "mean", "highest", "latest", "lowest")),
                new("digit", "count", Text(inputs.Length + 1)),
            ]);
    }

    private static Scenario CurrentMedications(Dice dice)
    {
        var chart = new Chart();
        var names = s_drugs.OrderBy(_ => dice.Next(1000)).Take(2 + dice.Next(4)).ToArray();
        var start = dice.Day();
        var values = names.Select((name, index) => Chart.Value(
            chart.Add("MedicationRequest", RecordKind.Medication, name, $"{start.AddDays(index * 17):yyyy-MM-dd}", "active"), name)).ToArray();
        var query = new RecordQuery(new RecordSelection { Kinds = [RecordKind.Medication], CurrentOnly = true }, new ListAggregate());
        var result = Chart.Found(query, values, values.Length, values.Length);
        var dates = names.Select((_, index) => dice.Write(start.AddDays(index * 17), "yyyy-MM-dd")).ToArray();
        var items = names.Select((name, index) => $"{name} (since {dates[index]})").ToArray();
        var heads = dice.Pick("Current medications: ", "The following medications are active: ", "All current medications: ", "The patient is currently taking: ");
        string Join(IEnumerable<string> parts) => heads + string.Join("; ", parts) + ".";
        var slots = new Dictionary<string, string> { ["all"] = Join(items) };
        var odd = dice.Next(items.Length);
        var strength = Array.FindIndex(names, name => name.Contains(" MG", StringComparison.Ordinal) || name.Contains(" MCG", StringComparison.Ordinal));
        List<Corruption> corruptions =
        [
            new("omission", "all", Join(items.Where((_, index) => index != odd))),
            new("name", "all", Join(items.Select((item, index) => index == odd ? item.Replace(names[odd], dice.Pick(s_otherDrugs), StringComparison.Ordinal) : item))),
            new("date by a day", "all", Join(items.Select((item, index) => index == odd ? item.Replace(dates[odd], dice.Write(start.AddDays((odd * 17) + 1), "yyyy-MM-dd"), StringComparison.Ordinal) : item))),
            new("dates exchanged", "all", Join(items.Select((_, index) => $"{names[index]} (since {dates[(index + 1) % dates.Length]})"))),
            new("negation", "all", Join(items).Replace(heads, "No " + heads.ToLowerInvariant(), StringComparison.Ordinal)),
            new("status", "all", Join(items).Replace(heads, "Stopped medications: ", StringComparison.Ordinal)),
            new("added item", "all", Join(items.Append(dice.Pick(s_otherDrugs)))),
        ];
        if (strength >= 0)
        {
            var swapped = names[strength].Contains(" MCG", StringComparison.Ordinal)
                ? names[strength].Replace(" MCG", " mg", StringComparison.Ordinal)
                : names[strength].Replace(" MG", " mcg", StringComparison.Ordinal);
            corruptions.Add(new("mg/mcg", "all", Join(items.Select((item, index) => index == strength ? item.Replace(names[index], swapped, StringComparison.Ordinal) : item))));
            corruptions.Add(new("strength", "all", Join(items.Select((item, index) => index == strength ? dice.OtherDigit(names[index]) + $" (since {dates[index]})" : item))));
        }

        return new Scenario(chart, result, "{all}", slots, corruptions);
    }

    private static Scenario Sided(Dice dice)
    {
        var chart = new Chart();
        var side = dice.Pick("left", "right", "bilateral");
        var day = dice.Day();
        var procedure = dice.Pick(s_procedures);
        var inName = dice.Next(2) == 0;
        var name = inName ? $"{procedure}, {side}" : procedure;
        var resource = chart.Add("Procedure", RecordKind.Procedure, name, $"{day:yyyy-MM-dd}", "completed", inName ? "{}" : $$"""{"bodySite":[{"text":"{{side}} side"}]}""");
        var result = Chart.Found(Chart.Query(RecordKind.Procedure, new LatestAggregate()), [Chart.Value(resource, name)], 3);
        var slots = new Dictionary<string, string> { ["side"] = side, ["name"] = procedure.ToLowerInvariant(), ["date"] = dice.Write(day), ["verb"] = "was performed", ["sup"] = "latest" };
        return new Scenario(chart, result, dice.Pick("{side} {name} {verb} on {date}.", "The {sup} procedure, {name} ({side}), {verb} on {date}.", "On {date} the {sup} procedure, {side} {name}, {verb}."), slots,
        [
            new("laterality", "side", dice.PickOther(side, "left", "right", "bilateral")),
            new("name", "name", dice.PickOther(procedure, s_procedures).ToLowerInvariant()),
            new("date by a day", "date", dice.Write(day.AddDays(dice.Pick(-1, 1)))),
            new("negation", "verb", "was not performed"),
            new("status", "verb", dice.Pick("was cancelled", "was planned")),
        ]);
    }

    private static Scenario Bounded(Dice dice)
    {
        var test = dice.Pick(s_tests);
        var chart = new Chart();
        var day = dice.Day();
        var number = Decimal(dice);
        var comparator = dice.Pick("<", ">", "<=", ">=");
        var resource = chart.Add("Observation", RecordKind.LaboratoryResult, test.Name, $"{day:yyyy-MM-dd}");
        var result = Chart.Found(Chart.Query(RecordKind.LaboratoryResult, new LatestAggregate(), test.Name), [Chart.Value(resource, number, test.Unit, comparator)], 4, 1, test.Asked);
        var slots = new Dictionary<string, string> { ["name"] = test.Asked, ["cmp"] = Word(comparator), ["num"] = Text(number), ["unit"] = dice.Pick(test.Spellings), ["date"] = dice.Write(day) };
        return new Scenario(chart, result, dice.Pick("The latest {name} was {cmp} {num} {unit} on {date}.", "On {date} the most recent {name} was {cmp} {num} {unit}."), slots,
        [
            new("comparator", "cmp", Word(dice.PickOther(comparator, "<", ">", "<=", ">="))),
            new("comparator", "cmp", string.Empty),
            new("digit", "num", dice.OtherDigit(Text(number))),
            new("unit", "unit", test.OtherUnit),
        ]);

        string Word(string symbol) => symbol switch
        {
            "<" => dice.Pick("<", "below", "less than"),
            ">" => dice.Pick(">", "above", "more than"),
            "<=" => dice.Pick("<=", "at most"),
            _ => dice.Pick(">=", "at least"),
        };
    }

    private static Scenario Change(Dice dice)
    {
        var test = dice.Pick(s_tests);
        var chart = new Chart();
        var start = dice.Day();
        var (first, last) = (Decimal(dice), Decimal(dice) + 500);
        if (dice.Next(2) == 0)
            (first, last) = (last, first);
        var inputs = new[] { first, last }.Select((number, index) => Chart.Evidence(
            chart.Add("Observation", RecordKind.LaboratoryResult, test.Name, $"{start.AddDays(index * 40):yyyy-MM-dd}"), number, test.Unit)).ToArray();
        var result = Chart.Found(Chart.Query(RecordKind.LaboratoryResult, new DeltaAggregate(), test.Name), [Chart.Computed("delta", last - first, test.Unit, test.Name, inputs)], 2, 1, test.Asked);
        var (up, down) = (dice.Pick("increased", "rose"), dice.Pick("decreased", "fell"));
        var slots = new Dictionary<string, string>
        {
            ["name"] = test.Asked, ["trend"] = last > first ? up : down, ["num"] = Text(Math.Abs(last - first)), ["unit"] = dice.Pick(test.Spellings), ["a"] = Text(first), ["b"] = Text(last),
            ["from"] = dice.Write(start), ["to"] = dice.Write(start.AddDays(40)),
        };
        return new Scenario(chart, result, dice.Pick("{name} {trend} by {num} {unit} from {from} to {to}.", "Between {from} and {to} {name} {trend} from {a} {unit} to {b} {unit}.", "{name} {trend} by {num} {unit}."), slots,
        [
            new("trend", "trend", last > first ? down : up),
            new("trend", "trend", dice.Pick("was stable", "was unchanged")),
            new("digit", "num", dice.OtherDigit(Text(Math.Abs(last - first)))),
            new("unit", "unit", test.OtherUnit),
            new("date by a day", "from", dice.Write(start.AddDays(-1))),
            new("name", "name", dice.PickOther(test, s_tests).Asked),
        ]);
    }

    private static decimal Decimal(Dice dice) => (dice.Next(3000) + 11) / 10m;

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string NumberWord(int number) => number < 17
        ? new[] { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen" }[number]
        : Text(number);

    private static DateTimeOffset Utc(DateTime day) => new(day, TimeSpan.Zero);
}
