using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>From questions to queries, against one small chart; plans are written as <see cref="PlanText"/> writes them.</summary>
public sealed class BuiltinPlannerTests
{
    [Theory]
    [InlineData("What was the latest HbA1c?", "latest LaboratoryResult 'hba1c'")]
    [InlineData("What is the patient's most recent potassium?", "latest LaboratoryResult 'potassium'")]
    [InlineData("What was her first HbA1c?", "earliest LaboratoryResult 'hba1c'")]
    [InlineData("What was the second HbA1c?", "nth2 LaboratoryResult 'hba1c'")]
    [InlineData("What was the highest creatinine?", "highest LaboratoryResult 'creatinine'")]
    [InlineData("What was the lowest sodium in 2025?", "lowest LaboratoryResult 'sodium' 2025-01-01..2026-01-01")]
    [InlineData("What is the average HbA1c?", "mean LaboratoryResult 'hba1c'")]
    [InlineData("What is the median heart rate?", "median VitalSign 'heart rate'")]
    [InlineData("How has her weight changed?", "delta VitalSign 'weight'")]
    [InlineData("Is the HbA1c trending up?", "trend LaboratoryResult 'hba1c'")]
    [InlineData("How many HbA1c results are there?", "count Observation 'hba1c'")]
    [InlineData("How many times was potassium measured since 2024?", "count Observation 'potassium' 2024-01-01..")]
    [InlineData("When was the HbA1c last measured?", "latest Observation 'hba1c' .Start")]
    [InlineData("When was the first potassium measured?", "earliest Observation 'potassium' .Start")]
    [InlineData("Was the HbA1c ever above 8?", "exists LaboratoryResult 'hba1c' Above 8")]
    [InlineData("Was potassium below 3.5 in the last two years?", "exists LaboratoryResult 'potassium' 2024-01-15.. Below 3.5")]
    [InlineData("Was the last HbA1c normal?", "exists LaboratoryResult 'hba1c' 2025-11-03T09:10..2025-11-03T09:10 Normal 0")]
    [InlineData("List all HbA1c values.", "list Observation 'hba1c'")]
    [InlineData("What was the latest A1c?", "latest LaboratoryResult 'a1c'")]
    [InlineData("What is her weight?", "latest VitalSign 'weight'")]
    [InlineData("What was the last blood pressure?", "latest VitalSign 'blood pressure'")]
    [InlineData("What was the body temperature on 3 June 2025?", "latest VitalSign 'body temperature' 2025-06-03..2025-06-04")]
    [InlineData("What was the latest potassium and the latest sodium?", "latest LaboratoryResult 'potassium' & latest LaboratoryResult 'sodium'")]
    [InlineData("How old is the patient?", "latest Patient .Age")]
    [InlineData("When was the patient born?", "latest Patient .BirthDate")]
    [InlineData("What is the patient's gender?", "latest Patient .Gender")]
    [InlineData("What diagnoses does the patient have?", "listDistinct Condition .Name")]
    [InlineData("Does the patient have diabetes?", "exists Condition 'diabetes'")]
    [InlineData("When was diabetes diagnosed?", "earliest Condition 'diabetes' .Start")]
    [InlineData("How many diagnoses are on the problem list?", "countDistinct Condition current")]
    [InlineData("Is the patient allergic to penicillin?", "exists Allergy 'penicillin'")]
    [InlineData("What allergies does the patient have?", "listDistinct Allergy .Name")]
    [InlineData("What medications is the patient currently taking?", "listDistinct MedicationRequest+MedicationStatement .Name current")]
    [InlineData("Is the patient on metformin?", "exists MedicationRequest+MedicationStatement 'metformin' current")]
    [InlineData("When was metformin first prescribed?", "earliest MedicationRequest 'metformin' .Start")]
    [InlineData("What is the dose of lisinopril?", "latest MedicationRequest 'lisinopril' .Dose")]
    [InlineData("How many prescriptions were written in 2025?", "count MedicationRequest 2025-01-01..2026-01-01")]
    [InlineData("Has the patient ever received heparin?", "exists MedicationAdministration 'heparin'")]
    [InlineData("When was heparin last given?", "latest MedicationAdministration 'heparin' .Start")]
    [InlineData("What procedures has the patient had?", "listDistinct Procedure .Name")]
    [InlineData("When was the appendectomy?", "list Procedure 'appendectomy' .Start")]
    [InlineData("Has the patient ever had a colonoscopy?", "exists Procedure 'colonoscopy'")]
    [InlineData("When was the last flu shot?", "latest Immunization 'flu shot' .Start")]
    [InlineData("How many hospital admissions has the patient had?", "count HospitalStay category 'IMP'")]
    [InlineData("When was the last hospital admission?", "latest HospitalStay .Start category 'IMP'")]
    [InlineData("When was the patient last discharged from the hospital?", "latest HospitalStay .End category 'IMP'")]
    [InlineData("How many emergency department visits were there in 2025?", "count EmergencyVisit 2025-01-01..2026-01-01")]
    [InlineData("When was the last outpatient visit?", "latest OutpatientVisit .Start")]
    [InlineData("What was the potassium during the last hospital stay?", "latest LaboratoryResult 'potassium' 2025-06-02T08:00..2025-06-05T10:00")]
    [InlineData("What was the HbA1c before the appendectomy?", "latest LaboratoryResult 'hba1c' ..2024-03-02T11:00")]
    [InlineData("What labs were done after the appendectomy?", "list LaboratoryResult .Name 2024-03-02T11:00..")]
    [InlineData("What is the code status?", "latest Consent+Observation+Flag 'code status'")]
    [InlineData("Are there any pending results?", "exists ServiceRequest+DiagnosticReport+Observation status")]
    [InlineData("Is there a family history of stroke?", "exists FamilyHistory 'stroke'")]
    [InlineData("Do the notes mention smoking?", "exists Document text 'smoking'")]
    [InlineData("What was the creatinine yesterday?", "latest LaboratoryResult 'creatinine' 2026-01-14..2026-01-15")]
    [InlineData("What is the latest HbA1c of patient hand-1?", "latest LaboratoryResult 'hba1c'")]
    [InlineData("What is Astrid's latest HbA1c?", "latest LaboratoryResult 'hba1c'")]
    [InlineData("What medications is Mr. Smith taking?", "refused")]
    [InlineData("What is the latest potassium for MRN 999888?", "refused")]
    [InlineData("What is the latest potassium for MRN445566?", "latest LaboratoryResult 'potassium'")]
    [InlineData("What is the meaning of life?", "not understood")]
    [InlineData("Should the patient take more insulin?", "not understood")]
    [InlineData("Write me a poem about the heart.", "not understood")]
    [InlineData("What was the flibbertigibbet level?", "not understood")]
    [InlineData("", "not understood")]
    [InlineData("What?", "not understood")]
    [InlineData("Was the HbA1c ever above 99999999999999999999999999999999?", "not understood")]
    [InlineData("Was the HbA1c ever above \u0667\u0667?", "not understood")]
    public async Task A_question_becomes_its_query(string question, string expected)
    {
        var asked = new ChartQuestion(question, HandWrittenRecord.AsOf, AskerRole.Clinician, []);
        var context = new QueryContext(HandWrittenRecord.AsOf, TimeZoneInfo.Utc);

        var plan = await Answering.Planner.PlanAsync(HandWrittenRecord.Record, asked, context, TestContext.Current.CancellationToken);

        Assert.Equal(expected, PlanText.Of(plan));
    }
}
