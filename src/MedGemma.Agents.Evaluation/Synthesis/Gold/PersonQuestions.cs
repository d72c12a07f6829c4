using MedGemma.Agents.Evaluation.Synthesis.Charting;

namespace MedGemma.Agents.Evaluation.Synthesis.Gold;

/// <summary>Who the patient is, and what belongs to somebody else.</summary>
internal static class PersonQuestions
{
    public static void Write(QuestionSheet sheet, GoldView view)
    {
        var life = view.Life;
        string[] self = [$"Patient/{life.PatientId}"];
        sheet.Ask(
            "patient-birth-date", new(["When was the patient born?", "What is the patient's date of birth?"], ["What is my date of birth?", "When was I born?"]) { HeldOut = ["On what day was the patient born?", "Birth date of the patient?"] },
            [life.Birth.ToString("yyyy-MM-dd")], self);
        sheet.Ask("patient-gender", new(["What is the patient's gender?", "What sex is recorded for the patient?"], ["What gender do you have on record for me?"]) { HeldOut = ["Is the patient male or female?", "Which gender is recorded?"] },
            [life.Gender == Hl7.Fhir.Model.AdministrativeGender.Female ? "female" : "male"], self);
        if (life.Death is { } death)
            sheet.Ask("patient-deceased", new(["When did the patient die?", "What is the date of death?"], []) { HeldOut = ["On what date did the patient die?", "What day did the patient pass away?"] }, [death.Text()], self);
        else
            sheet.Ask("patient-age", new(["How old is the patient?", "What is the patient's age?"], ["How old am I?"]) { HeldOut = ["What age is the patient?", "How many years old is the patient?"] }, [life.AgeAt(view.Now)], self);

        sheet.AskUndecidable("other-patient", new(["What was the last potassium of the patient in the next bed?", "What medications does Mrs. Otherperson Elsewhere take?"], []) { HeldOut = ["What is the latest creatinine of the patient in room 12?", "Which allergies does Mr. Otherperson Elsewhere have?"] }, "other-patient");
        sheet.AskUndecidable("not-in-a-chart", new(["Would surgery be a good idea?", "Will the patient live another ten years?"], ["Should I be worried?"]) { HeldOut = ["Is this treatment the right one?", "What would another doctor advise?"] }, "not-answerable");
    }
}
