using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>A chart that states what is taken and has no orders: doses by unit and time of day, what is left out, treatments coded as procedures.</summary>
public sealed class StatedMedicineTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"female","birthDate":"1950-05-06"}""",
        Stated("d1", "active", "Insulin degludec", "2025-04-22", null, "22 units subcutaneously at bedtime", 22, "[IU]", "Subcutaneous"),
        Stated("d0", "completed", "Insulin degludec", "2024-09-16", "2025-04-17", "34 units subcutaneously at bedtime", 34, "[IU]", "Subcutaneous"),
        Stated("a1", "active", "Insulin aspart", "2015-02-02", null, "8 units subcutaneously with each main meal", 8, "[IU]", "Subcutaneous"),
        Stated("t", "active", "Levothyroxine sodium", "2023-06-05", null, "75 micrograms once daily before breakfast", 75, "ug", "Oral"),
        Stated("p", "active", "Apixaban", "2018-01-15", null, "2.5 mg twice daily", 2.5m, "mg", "Oral", "Atrial fibrillation"),
        Stated("s", "active", "Salbutamol", "2013-05-02", null, "0.2 mg inhaled as needed", 0.2m, "mg", "Inhalation"),
        Stated("c", "active", "Paracetamol", "2024-09-12", null, "1 g up to three times daily as needed", 1, "g", "Oral", "Pain"),
        Stated("o", "stopped", "Spironolactone", "2023-10-22", "2025-04-03", "25 mg once daily", 25, "mg", "Oral", "Heart failure", "Hyperkalaemia"),
        Stated("y", "completed", "Oxycodone", "2024-09-02", "2024-10-01", "5 mg twice daily", 5, "mg", "Oral"),
        Treated("k1", "completed", "2024-10-28T09:30:00Z"),
        Treated("k2", "not-done", "2024-11-18T09:30:00Z", "Neutropenia"),
        Treated("k3", "completed", "2024-12-16T09:30:00Z"),
        $$"""{"resourceType":"Observation","id":"mg","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"text":"Mg"},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-06-03T06:00:00Z","valueQuantity":{"value":0.8,"unit":"mmol/L"} }""",
    ]);

    [Theory]
    [InlineData("How many mg of apixaban does she take?", "2.5")]
    [InlineData("How many micrograms of levothyroxine?", "75")]
    [InlineData("How many units of long-acting insulin (degludec) at bedtime?", "22")]
    [InlineData("What is her bedtime insulin dose?", "22")]
    [InlineData("How much insulin does she take with meals?", "8")]
    [InlineData("Units of rapid-acting insulin?", "8")]
    [InlineData("What is her present thyroxine dose?", "75")]
    public Task A_dose_is_told_by_its_unit_and_its_time_of_the_day(string question, string expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("How much insulin is she on?", "8", "22")]
    [InlineData("Insulin doses?", "8", "22")]
    public Task A_class_of_drugs_has_a_dose_for_each_that_is_taken(string question, params string[] expected) => AnswersAsync(question, expected);

    [Fact]
    public Task Where_no_instruction_says_the_time_of_the_day_the_instruction_is_given() => AnswersAsync("How much apixaban in the morning?", "2.5 mg twice daily");

    [Fact]
    public Task Magnesium_is_still_magnesium() => AnswersAsync("What was the last Mg?", "0.8");

    [Theory]
    [InlineData("List her regular medicines (not counting PRN).")]
    [InlineData("Regular medications only, without the as-needed ones")]
    [InlineData("Which medicines does she take, as-required ones left out?")]
    public Task What_is_taken_as_needed_can_be_left_out(string question) =>
        AnswersAsync(question, "Insulin aspart", "Apixaban", "Levothyroxine sodium", "Insulin degludec");

    [Fact]
    public Task As_needed_alone_is_the_rest() => AnswersAsync("PRN medications?", "Salbutamol", "Paracetamol");

    [Theory]
    [InlineData("Which medicines is she currently on, including those started on the ward?", 6)]
    [InlineData("Current medications (ended courses not counted)", 6)]
    public async Task A_clause_that_adds_or_leaves_nothing_changes_nothing(string question, int count)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal(count, answer.Values.Count);
    }

    [Fact]
    public async Task Stopped_ones_that_are_asked_for_besides_are_not_silently_left_out() =>
        Assert.Equal(AnswerStatus.Unsure, (await Answering.AskAsync(s_chart, "Which medicines is she currently on, including the stopped ones?")).Status);

    [Theory]
    [InlineData("Which drug was stopped because of high potassium?", "Spironolactone")]
    [InlineData("What medicine was discontinued due to hyperkalaemia?", "Spironolactone")]
    [InlineData("When did she stop taking oxycodone?", "2024-10-01")]
    [InlineData("Which medicines were started in 2025?", "Insulin degludec")]
    [InlineData("Does she use anything for pain?", "True")]
    [InlineData("Which injections is she on?", "Insulin aspart", "Insulin degludec")]
    [InlineData("Which medicines are given subcutaneously?", "Insulin aspart", "Insulin degludec")]
    public Task What_is_stated_answers_for_orders_where_there_are_none(string question, params string[] expected) => AnswersAsync(question, expected);

    [Theory]
    [InlineData("Why was the November 2024 chemo not given?", "Neutropenia")]
    [InlineData("Why was a chemotherapy cycle omitted in November 2024?", "Neutropenia")]
    [InlineData("How many cycles of chemo did she have?", "2")]
    [InlineData("When was the last chemo?", "2024-12-16T09:30:00Z")]
    [InlineData("Was the chemo on 18 November 2024 held?", "True")]
    public Task A_treatment_coded_as_a_procedure_is_found_by_the_name_of_its_drugs(string question, string expected) => AnswersAsync(question, expected);

    [Fact]
    public async Task How_something_is_taken_belongs_to_what_was_asked_before_it()
    {
        var answer = await Answering.AskAsync(s_chart, "Which anticoagulant is she on, and what dose?");

        Assert.Equal(["Apixaban", "2.5"], answer.Values.Select(value => value.ToString()));
    }

    [Theory]
    [InlineData("How long ago... I mean, on what date was the insulin aspart started?", "2015-02-02")]
    [InlineData("Sorry, when was apixaban started?", "2018-01-15")]
    public Task What_the_asker_comes_to_is_asked(string question, string expected) => AnswersAsync(question, expected);

    private static async Task AnswersAsync(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.True(answer.Status == AnswerStatus.Answered, answer.Text);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    private static string Stated(string id, string status, string drug, string from, string? until, string sig, decimal dose, string unit, string route, string? reason = null, string? why = null) =>
        $$$"""{"resourceType":"MedicationStatement","id":"{{{id}}}","status":"{{{status}}}",{{{(why is null ? "" : $$""" "statusReason":[{"text":"{{why}}"}], """)}}}{{{(reason is null ? "" : $$""" "reasonCode":[{"text":"{{reason}}"}], """)}}}"medicationCodeableConcept":{"text":"{{{drug}}}"},{{{HandWrittenRecord.Subject}}},"effectivePeriod":{"start":"{{{from}}}"{{{(until is null ? "" : $",\"end\":\"{until}\"")}}}},"dateAsserted":"{{{until ?? from}}}","dosage":[{"text":"{{{sig}}}","route":{"text":"{{{route}}}"},"doseAndRate":[{"doseQuantity":{"value":{{{dose.ToString(System.Globalization.CultureInfo.InvariantCulture)}}},"unit":"{{{unit}}}","system":"http://unitsofmeasure.org","code":"{{{unit}}}"} }] }] }""";

    private static string Treated(string id, string status, string time, string? why = null) =>
        $$$"""{"resourceType":"Procedure","id":"{{{id}}}","status":"{{{status}}}",{{{(why is null ? "" : $$""" "statusReason":{"text":"{{why}}"}, """)}}}"code":{"text":"Chemotherapy"},{{{HandWrittenRecord.Subject}}},"performedDateTime":"{{{time}}}"}""";
}
