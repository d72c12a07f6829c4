using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Courses;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Traps;

/// <summary>Conditions, procedures and vaccinations that are not what their code says.</summary>
internal sealed class ProblemTraps : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var life = chart.Life;
        Verified(chart, Problems.Embolism, "refuted", "Refuted", false, "refuted", "Ruled out: the patient never had it.");
        Verified(chart, Problems.Infarction, "entered-in-error", "Entered in Error", false, "entered-in-error", "Of another chart: never counts.").ClinicalStatus = null;
        Verified(chart, Problems.Pneumonia, "provisional", "Provisional", true, "provisional", "Counts with the label provisional.");
        Verified(chart, Problems.Appendicitis, "differential", "Differential", true, "differential", "One of several possibilities: counts with that label.");
        Verified(chart, Problems.VenousThrombosis, "unconfirmed", "Unconfirmed", true, "unconfirmed", "Counts with the label unconfirmed.");
        History(chart, "Z80.3", "Family history of malignant neoplasm of breast", "family-history-code", "A relative's disease.");
        History(chart, "Z86.73", "Personal history of transient ischemic attack (TIA), and cerebral infarction without residual deficits", "personal-history-code", "Past disease, never current.");
        Social(chart, "160903007", "Full-time employment");
        Social(chart, "73595000", "Stress");

        var unstated = chart.Problems.Diagnose(Problems.Psoriasis, life.Before(1300, 10), encounter: chart.Visits.Clinic(life.Before(1300, 10), "Rash"), category: "encounter-diagnosis");
        unstated.ClinicalStatus = null;
        chart.Revise(fact => fact with { Current = false, Trap = "no-clinical-status" });
        chart.Plant("no-clinical-status", unstated, "A diagnosis of that encounter; whether it is current is not recorded.");

        var undone = chart.Problems.Perform("38102005", "Cholecystectomy", life.Before(640, 9), status: EventStatus.NotDone, asked: ["cholecystectomy"]);
        chart.Plant("not-done", undone, "The operation did not take place.");
        var mistaken = chart.Problems.Perform("609588000", "Total knee replacement", life.Before(800, 9), status: EventStatus.EnteredInError, asked: ["knee replacement"]);
        chart.Plant("entered-in-error", mistaken, "Never happened.");
        var refused = chart.Problems.Vaccinate(
            "187", "zoster recombinant", "shingles", life.Before(300, 9), Immunization.ImmunizationStatusCodes.NotDone, "shingles vaccine", "zoster vaccine");
        chart.Plant("not-done", refused, "The patient declined the vaccination.");
    }

    private static Condition Verified(ClinicalChart chart, Problem problem, string code, string display, bool counts, string trap, string meaning)
    {
        var when = chart.Life.Before(700 + chart.Random.Next(60), 10);
        var condition = chart.Problems.Diagnose(problem, when);
        condition.VerificationStatus = Coded.Concept(Systems.ConditionVerification, code, display);
        chart.Revise(fact => fact with { Counts = counts, Trap = trap });
        chart.Plant(trap, condition, meaning);
        return condition;
    }

    private static void History(ClinicalChart chart, string icd10, string display, string trap, string meaning)
    {
        var condition = chart.Problems.Diagnose(new Problem(icd10, "", display, icd10, display), chart.Life.Before(1200, 10));
        condition.Code = Coded.Concept(Systems.Icd10, icd10, display);
        chart.Revise(fact => fact with { Counts = false, Trap = trap });
        chart.Plant(trap, condition, meaning);
    }

    private static void Social(ClinicalChart chart, string snomed, string display)
    {
        var condition = chart.Problems.Diagnose(new Problem(snomed, snomed, display, null, null), chart.Life.Before(900, 10));
        chart.Revise(fact => fact with { Counts = false, Trap = "social-finding" });
        chart.Plant("social-finding", condition, "A social finding, not a disease.");
    }
}
