using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Planning.Tests.Fixtures;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>Which element of a thing a question asks for by its interrogative or by a noun; plans are written as <see cref="PlanText"/> writes them.</summary>
public sealed class AskedElementTests
{
    [Theory]
    [InlineData("What was metformin given for?", "list MedicationRequest 'metformin' .Reason")]
    [InlineData("For which condition was metformin prescribed?", "list MedicationRequest 'metformin' .Reason")]
    [InlineData("Who put her on metformin?", "list MedicationRequest 'metformin' .Performer")]
    [InlineData("By whom was metformin prescribed?", "list MedicationRequest 'metformin' .Performer")]
    [InlineData("surgeon for the appendectomy", "list Procedure 'appendectomy' .Performer")]
    [InlineData("Where was she seen in November 2025?", "list Encounter .Location 2025-11-01..2025-12-01")]
    [InlineData("Which hospital was she admitted to in 2024?", "list HospitalStay .Location 2024-01-01..2025-01-01 category 'IMP'")]
    [InlineData("How often is metformin to be taken?", "latest MedicationRequest 'metformin' .Frequency")]
    [InlineData("What strength is the metformin?", "latest MedicationRequest 'metformin' .Strength")]
    [InlineData("Time of the most recent heparin dose", "latest MedicationAdministration 'heparin' .Start")]
    [InlineData("What was the dose of the most recent heparin?", "latest MedicationAdministration 'heparin' .Dose")]
    [InlineData("What year was her appendectomy?", "list Procedure 'appendectomy' .Start")]
    [InlineData("severity of the penicillin reaction", "list Allergy 'penicillin' .Severity")]
    [InlineData("reaction to penicillin", "list Allergy 'penicillin' .Reaction")]
    [InlineData("When was the appendectomy drain pulled?", "not understood")]
    [InlineData("When was potassium taken out?", "not understood")]
    [InlineData("Which of her allergies is marked high severity?", "not understood")]
    [InlineData("When was the potassium reported?", "not understood")]
    [InlineData("Is metformin scheduled or as needed?", "list MedicationRequest 'metformin' .DosageInstruction")]
    [InlineData("Is she on metformin or something else?", "not understood")]
    public async Task An_element_is_asked_for(string question, string expected) => Assert.Equal(expected, await Plan(question));

    [Theory]
    [InlineData("Which medications have been stopped?", "listDistinct MedicationRequest+MedicationStatement .Name status")]
    [InlineData("Discontinued drugs?", "listDistinct MedicationRequest+MedicationStatement .Name status")]
    [InlineData("What has she come off?", "listDistinct MedicationRequest+MedicationStatement .Name status")]
    [InlineData("When was metformin stopped?", "latest MedicationRequest 'metformin' .End")]
    public async Task Stopped_is_a_status_of_a_list_and_an_end_of_one_drug(string question, string expected) => Assert.Equal(expected, await Plan(question));

    [Theory]
    [InlineData("latest potassium this gentleman had", "latest LaboratoryResult 'potassium'")]
    [InlineData("has this lady had an appendectomy", "exists Procedure 'appendectomy'")]
    [InlineData("appendectomy: yes or no", "exists Procedure 'appendectomy'")]
    [InlineData("appendectomy y/n", "exists Procedure 'appendectomy'")]
    [InlineData("What is the height in m.", "latest VitalSign 'height' in m")]
    public async Task Words_for_the_patient_and_for_the_form_of_the_answer_carry_no_condition(string question, string expected) => Assert.Equal(expected, await Plan(question));

    private static async Task<string> Plan(string question) => PlanText.Of(await Answering.Planner.PlanAsync(
        HandWrittenRecord.Record, new ChartQuestion(question, HandWrittenRecord.AsOf, AskerRole.Unknown, []), new QueryContext(HandWrittenRecord.AsOf, TimeZoneInfo.Utc), TestContext.Current.CancellationToken));
}
