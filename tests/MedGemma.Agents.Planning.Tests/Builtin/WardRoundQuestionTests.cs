using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Observations, scores and tests as they are asked about at the bedside.</summary>
public sealed class WardRoundQuestionTests
{
    private static readonly PatientRecord s_chart = HandWrittenRecord.Build(
    [
        $$"""{"resourceType":"Patient","id":"{{HandWrittenRecord.Id}}","gender":"male","birthDate":"1950-05-06"}""",
        Pressure("bp-1", 98, 54, "2025-05-01T18:00:00Z"),
        Pressure("bp-2", 124, 70, "2025-05-04T08:00:00Z"),
        Number("t-1", "vital-signs", "Temperature", "8310-5", 39.4, "Cel", "2025-05-01T18:00:00Z"),
        Number("t-2", "vital-signs", "Temperature", "8310-5", 36.9, "Cel", "2025-05-04T08:00:00Z"),
        Number("wt-1", "vital-signs", "Body weight", "29463-7", 78.6, "kg", "2025-05-02T08:00:00Z"),
        Number("wt-2", "vital-signs", "Body weight", "29463-7", 79.1, "kg", "2025-05-04T07:00:00Z"),
        Number("cr-1", "laboratory", "Creatinine", "14682-9", 198, "umol/L", "2025-05-02T07:00:00Z"),
        Number("cr-2", "laboratory", "Creatinine", "14682-9", 151, "umol/L", "2025-05-03T07:00:00Z"),
        Number("a1c", "laboratory", "HbA1c", "59261-8", 58, "mmol/mol", "2023-06-12T09:00:00Z"),
        Number("chads", "survey", "CHA2DS2-VASc score", null, 5, "{score}", "2025-03-04T10:00:00Z"),
        Number("cfs", "survey", "Clinical Frailty Scale", null, 6, "{score}", "2025-05-02T10:00:00Z"),
        Number("news", "survey", "NEWS2 total score", null, 1, "{score}", "2025-05-04T08:00:00Z"),
        Number("ap-1", "survey", "Apgar score at 1 minute", "9272-6", 7, "{score}", "2025-05-04T04:01:00Z"),
        Number("ap-5", "survey", "Apgar score at 5 minutes", "9274-2", 9, "{score}", "2025-05-04T04:05:00Z"),
        Number("pain", "vital-signs", "Pain score", "72514-3", 3, "{score}", "2025-05-01T18:00:00Z"),
        $$"""{"resourceType":"Encounter","id":"stay","status":"in-progress","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"IMP"},{{HandWrittenRecord.Subject}},"period":{"start":"2025-05-01T20:00:00Z"} }""",
        Number("bt-1", "survey", "Barthel index", null, 17, "{score}", "2024-02-16T14:00:00Z"),
        Number("bt-2", "survey", "Barthel index", null, 12, "{score}", "2025-05-03T14:00:00Z"),
        Word("falls", "survey", "Falls risk assessment", "High risk", "2025-05-01T16:00:00Z"),
        Word("flu", "laboratory", "Influenza A RNA", "Detected", "2024-02-10T14:00:00Z"),
        Word("hiv", "laboratory", "HIV 1+2 antibody/antigen", "Non-reactive", "2023-06-12T09:00:00Z"),
        Word("abo", "laboratory", "Blood group", "O RhD positive", "2024-02-10T15:00:00Z"),
        Word("gent", "laboratory", "Gentamicin susceptibility", "Susceptible", "2025-05-03T09:00:00Z"),
        $$"""{"resourceType":"Observation","id":"cult","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"630-4","display":"Bacteria identified in Urine by Culture"}]},{{HandWrittenRecord.Subject}},"effectiveDateTime":"2025-05-03T09:00:00Z","valueCodeableConcept":{"text":"Proteus mirabilis"} }""",
        $$"""{"resourceType":"Procedure","id":"stent","status":"completed","code":{"text":"Ureteric stent insertion"},{{HandWrittenRecord.Subject}},"performedDateTime":"2025-05-02T17:00:00Z","outcome":{"text":"Successful"} }""",
    ]);

    [Theory]
    [InlineData("What was the BP at the last set of obs?", "124", "70")]
    [InlineData("What did he weigh at the last weighing?", "79.1")]
    [InlineData("Creatinine on the first bloods?", "198")]
    [InlineData("Last weight and its date", "79.1", "2025-05-04T07:00:00Z")]
    [InlineData("What is his latest creatinine and when was it taken?", "151", "2025-05-03T07:00:00Z")]
    [InlineData("Has he had a fever?", "True")]
    [InlineData("Is he febrile?", "False")]
    [InlineData("Is he apyrexial?", "True")]
    [InlineData("HbA1c result from 2023?", "58")]
    [InlineData("2023 HbA1c", "58")]
    [InlineData("CHA2DS2-VASc score?", "5")]
    [InlineData("What is his Rockwood score?", "6")]
    [InlineData("What is his NEWS?", "1")]
    [InlineData("What was the one minute Apgar?", "7")]
    [InlineData("Falls risk?", "High risk")]
    [InlineData("HIV status?", "Non-reactive")]
    [InlineData("Was influenza detected?", "Detected")]
    [InlineData("Is he rhesus positive?", "O RhD positive")]
    [InlineData("Is it sensitive to gentamicin?", "True")]
    [InlineData("Was Proteus isolated?", "Proteus mirabilis")]
    [InlineData("Outcome of the stent insertion?", "Successful")]
    [InlineData("Gentamicin: S, I or R?", "Susceptible")]
    [InlineData("What was cultured on 3 May 2025?", "Proteus mirabilis")]
    [InlineData("How bad was the pain?", "3")]
    [InlineData("Admission weight?", "78.6")]
    public async Task The_recorded_value_is_told(string question, params string[] expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.Equal(AnswerStatus.Answered, answer.Status);
        Assert.Equal(expected, answer.Values.Select(value => value.ToString()));
    }

    [Fact]
    public async Task The_last_set_of_observations_is_told_with_its_values()
    {
        var answer = await Answering.AskAsync(s_chart, "Latest vital signs?");

        Assert.Equal(["124", "70", "36.9"], answer.Values.Select(value => value.ToString()));
    }

    [Fact]
    public async Task The_bound_of_a_state_is_said()
    {
        var answer = await Answering.AskAsync(s_chart, "Has he had a fever?");

        Assert.Contains("at least 38", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Is the creatinine lower than at the previous check?", "True")]
    [InlineData("Is the Barthel better than in February 2024?", "False")]
    [InlineData("Change in creatinine, latest minus previous?", "-47")]
    [InlineData("How far did the creatinine move from the last-but-one to the last value (latest minus previous)?", "-47")]
    [InlineData("How much did the creatinine change? Latest minus first, umol/L.", "-47")]
    [InlineData("Creatinine: latest vs previous?", "-47")]
    [InlineData("Creatinine 2 May 2025 versus 3 May 2025", "-47")]
    [InlineData("Percentage change in creatinine between the last two?", "-23.7")]
    [InlineData("By what percentage did the creatinine fall?", "23.7")]
    [InlineData("What is the difference between the highest and the lowest creatinine?", "47")]
    [InlineData("Calculate the CHA2DS2-VASc score", ">=")]
    public async Task Neighbours_are_read_as_before(string question, string expected)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.StartsWith(expected, answer.Values[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("What was the creatinine before that one?")]
    [InlineData("Is he alert?")]
    [InlineData("Was Klebsiella isolated?")]
    public async Task What_is_not_there_is_not_answered(string question)
    {
        var answer = await Answering.AskAsync(s_chart, question);

        Assert.NotEqual(AnswerStatus.Answered, answer.Status);
    }

    private static string Pressure(string id, int systolic, int diastolic, string time) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"code":"vital-signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}],"text":"Blood pressure"},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","component":[{{Part("8480-6", "Systolic blood pressure", systolic)}},{{Part("8462-4", "Diastolic blood pressure", diastolic)}}]}""";

    private static string Part(string code, string name, int value) =>
        $$"""{"code":{"coding":[{"system":"http://loinc.org","code":"{{code}}"}],"text":"{{name}}"},"valueQuantity":{"value":{{value}},"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"} }""";

    private static string Number(string id, string category, string name, string? loinc, double value, string unit, string time) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"code":"{{category}}"}]}],"code":{"text":"{{name}}"{{(loinc is null ? "" : $",\"coding\":[{{\"system\":\"http://loinc.org\",\"code\":\"{loinc}\"}}]")}} },{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","valueQuantity":{"value":{{value.ToString(System.Globalization.CultureInfo.InvariantCulture)}},"unit":"{{unit}}","system":"http://unitsofmeasure.org","code":"{{unit}}"} }""";

    private static string Word(string id, string category, string name, string value, string time) =>
        $$"""{"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"code":"{{category}}"}]}],"code":{"text":"{{name}}"},{{HandWrittenRecord.Subject}},"effectiveDateTime":"{{time}}","valueCodeableConcept":{"text":"{{value}}"} }""";
}
