using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Questions as they are typed at the bedside: abbreviated, without verbs, with signs for words; plans are written as <see cref="PlanText"/> writes them.</summary>
public sealed class TelegraphicQuestionTests
{
    [Theory]
    [InlineData("last K?", "latest LaboratoryResult 'k'")]
    [InlineData("latest HbA1c pls", "latest LaboratoryResult 'hba1c'")]
    [InlineData("whats her potassium now", "latest LaboratoryResult 'potassium'")]
    [InlineData("last HR", "latest VitalSign 'hr'")]
    [InlineData("mean K", "mean LaboratoryResult 'k'")]
    [InlineData("typical heart rate", "mean VitalSign 'heart rate'")]
    [InlineData("heaviest weight", "highest VitalSign 'weight'")]
    [InlineData("is her weight going up or down", "trend VitalSign 'weight'")]
    [InlineData("weight over time - rising or falling?", "trend VitalSign 'weight'")]
    [InlineData("third most recent A1c", "nth-3 LaboratoryResult 'a1c'")]
    [InlineData("last but one sodium", "nth-2 LaboratoryResult 'sodium'")]
    [InlineData("the one before the last potassium", "nth-2 LaboratoryResult 'potassium'")]
    [InlineData("last 3 potassiums", "list last 3 LaboratoryResult 'potassiums'")]
    [InlineData("5 most recent A1cs", "list last 5 LaboratoryResult 'a1c'")]
    [InlineData("# of potassium results", "count Observation 'potassium'")]
    [InlineData("times potassium was above 4", "count LaboratoryResult 'potassium' Above 4")]
    [InlineData("K ever > 5?", "exists LaboratoryResult 'k' Above 5")]
    [InlineData("how many A1cs >= 8", "count LaboratoryResult 'a1c' AtLeast 8")]
    [InlineData("when did K first go above 4", "earliest LaboratoryResult 'k' .Start Above 4")]
    [InlineData("last time A1c was over 7", "latest LaboratoryResult 'a1c' .Start Above 7")]
    [InlineData("A1c results 2024-2025", "list Observation 'a1c' 2024-01-01..2026-01-01")]
    [InlineData("K in 2024 and 2025", "latest LaboratoryResult 'k' 2024-01-01..2026-01-01")]
    [InlineData("highest HR 2025", "highest VitalSign 'hr' 2025-01-01..2026-01-01")]
    [InlineData("potassium in the last month", "latest LaboratoryResult 'potassium' 2025-12-15..")]
    [InlineData("A1c last 6mo", "latest LaboratoryResult 'a1c' 2025-07-15..")]
    [InlineData("glucose latest, mmol/L", "latest LaboratoryResult 'glucose' in mmol/L")]
    [InlineData("sodium ok?", "exists LaboratoryResult 'sodium' 2025-06-03T06:00..2025-06-03T06:00 Normal 0")]
    [InlineData("peak potassium last admission", "highest LaboratoryResult 'potassium' 2025-06-02T08:00..2025-06-05T10:00")]
    [InlineData("weight before HTN was diagnosed", "latest VitalSign 'weight' ..2012-02-03")]
    [InlineData("hx of diabetes?", "exists Condition 'diabetes'")]
    [InlineData("any h/o HTN?", "exists Condition 'htn'")]
    [InlineData("prior appendectomy?", "exists Procedure 'appendectomy'")]
    [InlineData("when was she dx'd with DM", "earliest Condition 'dm' .Start")]
    [InlineData("problem list", "listDistinct Condition .Name current")]
    [InlineData("ever on metformin", "exists Medication 'metformin'")]
    [InlineData("has she ever taken metformin", "exists Medication 'metformin'")]
    [InlineData("was metformin ever given", "exists Medication 'metformin'")]
    [InlineData("how many doses of heparin", "count MedicationAdministration 'heparin'")]
    [InlineData("On what date was metformin first prescribed?", "earliest MedicationRequest 'metformin' .Start")]
    [InlineData("On what date was metformin most recently ordered?", "latest MedicationRequest 'metformin' .Start")]
    [InlineData("On what date did the most recent hospital admission begin?", "latest HospitalStay .Start category 'IMP'")]
    [InlineData("On what date was the patient most recently discharged?", "latest HospitalStay .End category 'IMP'")]
    [InlineData("How did her last potassium come out?", "latest LaboratoryResult 'potassium'")]
    [InlineData("When did she come off metformin?", "latest MedicationRequest 'metformin' .End")]
    [InlineData("On what date did potassium reach its minimum?", "lowest LaboratoryResult 'potassium' .Start")]
    [InlineData("when was metformin d/c'd", "latest MedicationRequest 'metformin' .End")]
    [InlineData("last script for metformin - when", "latest MedicationRequest 'metformin' .Start")]
    [InlineData("when d/c'd last", "latest HospitalStay .End category 'IMP'")]
    [InlineData("next visit?", "earliest Appointment .Start 2026-01-15T12:00..")]
    [InlineData("next appt?", "earliest Appointment .Start 2026-01-15T12:00..")]
    [InlineData("who was her doctor during the last hospital stay", "latest HospitalStay .Attender 2025-06-02T08:00..2025-06-05T10:00 category 'IMP'")]
    [InlineData("does she smoke?", "latest SocialHistory 'smoking status'")]
    [InlineData("any drug allergies?", "listDistinct Allergy .Name category 'medication'")]
    [InlineData("FHx of stroke?", "listDistinct FamilyHistory 'stroke'")]
    [InlineData("alergies", "listDistinct Allergy .Name")]
    [InlineData("was metformin perscribed", "exists MedicationRequest 'metformin'")]
    [InlineData("higest potassium", "highest LaboratoryResult 'potassium'")]
    [InlineData("potassium last time", "latest LaboratoryResult 'potassium'")]
    [InlineData("last time potassium was checked", "latest LaboratoryResult 'potassium' .Start")]
    [InlineData("hypertension since?", "earliest Condition 'hypertension' .Start")]
    [InlineData("weight before she was diagnosed with HTN", "latest VitalSign 'weight' ..2012-02-03")]
    [InlineData("past 4 potassium readings", "list last 4 Observation 'potassium'")]
    [InlineData("mean potassium 2024 to 2025", "mean LaboratoryResult 'potassium' 2024-01-01..2026-01-01")]
    [InlineData("has the K ever reached 5", "exists LaboratoryResult 'k' AtLeast 5")]
    [InlineData("K in mmol/L, latest", "latest LaboratoryResult 'k' in mmol/L")]
    [InlineData("appendectomy in the past?", "exists Procedure 'appendectomy'")]
    [InlineData("using metformin?", "listDistinct MedicationRequest+MedicationStatement 'metformin' current")]
    [InlineData("when was she admitted this time", "latest HospitalStay .Start category 'IMP'")]
    [InlineData("on which day was her weight last recorded", "latest VitalSign 'weight' .Start")]
    [InlineData("What is my latest potassium number?", "latest LaboratoryResult 'potassium'")]
    [InlineData("heparin doses so far", "latest MedicationAdministration 'heparin' .Dose")]
    [InlineData("next follow-up?", "earliest Appointment .Start 2026-01-15T12:00..")]
    [InlineData("any note mentioning smoking", "exists Document text 'smoking'")]
    [InlineData("creatinine umol/L latest", "latest LaboratoryResult 'creatinine' in umol/L")]
    [InlineData("what medication should be started", "not understood")]
    [InlineData("diagnose me", "not understood")]
    [InlineData("can we discharge her", "not understood")]
    [InlineData("why did she die", "not understood")]
    [InlineData("can I take ibuprofen with my meds", "not understood")]
    [InlineData("will she get diabetes", "not understood")]
    [InlineData("what should the K be", "not understood")]
    [InlineData("is it safe to stop metformin", "not understood")]
    [InlineData("ok to give contrast?", "not understood")]
    [InlineData("do I need a flu shot", "not understood")]
    [InlineData("sum of potassium and weight", "not understood")]
    [InlineData("average allergy", "not understood")]
    [InlineData("levels?", "not understood")]
    [InlineData("mean of the last 3 potassiums", "not understood")]
    public async Task A_telegraphic_question_becomes_its_query(string question, string expected)
    {
        var asked = new ChartQuestion(question, HandWrittenRecord.AsOf, AskerRole.Unknown, []);
        var context = new QueryContext(HandWrittenRecord.AsOf, TimeZoneInfo.Utc);

        var plan = await Answering.Planner.PlanAsync(HandWrittenRecord.Record, asked, context, TestContext.Current.CancellationToken);

        Assert.Equal(expected, PlanText.Of(plan));
    }

    [Theory]
    [InlineData("can you tell me the last potassium")]
    [InlineData("could you please check the latest potassium")]
    [InlineData("I would like to know the last potassium")]
    [InlineData("I need the last potassium")]
    [InlineData("would you show the last potassium")]
    public async Task A_polite_form_is_no_request_for_advice(string question)
    {
        var asked = new ChartQuestion(question, HandWrittenRecord.AsOf, AskerRole.Unknown, []);
        var context = new QueryContext(HandWrittenRecord.AsOf, TimeZoneInfo.Utc);

        var plan = await Answering.Planner.PlanAsync(HandWrittenRecord.Record, asked, context, TestContext.Current.CancellationToken);

        Assert.Equal("latest LaboratoryResult 'potassium'", PlanText.Of(plan));
    }
}
