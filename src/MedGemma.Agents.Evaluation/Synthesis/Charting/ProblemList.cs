using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Charting;

/// <summary>Writes conditions, procedures and immunizations.</summary>
internal sealed class ProblemList(ClinicalChart chart)
{
    /// <summary>A condition; resolved when it has an end.</summary>
    public Condition Diagnose(Problem problem, DateTimeOffset onset, DateTimeOffset? abatement = null, Encounter? encounter = null, string category = "problem-list-item")
    {
        var condition = chart.Add(new Condition
        {
            ClinicalStatus = Coded.Concept(Systems.ConditionClinical, abatement is null ? "active" : "resolved", abatement is null ? "Active" : "Resolved"),
            VerificationStatus = Coded.Concept(Systems.ConditionVerification, "confirmed", "Confirmed"),
            Category = [Coded.Concept(Systems.ConditionCategory, category, category == "problem-list-item" ? "Problem List Item" : "Encounter Diagnosis")],
            Code = Coded.Of(problem),
            Subject = chart.Subject,
            Encounter = encounter is null ? null : chart.To(encounter),
            Onset = onset.Fhir(),
            Abatement = abatement?.Fhir(),
            RecordedDate = onset.Text(),
            Asserter = chart.To(chart.Staff.Physician),
        });
        Remember(condition, problem, onset, abatement is null);
        return condition;
    }

    public void Remember(Condition condition, Problem problem, DateTimeOffset when, bool current, bool counts = true, string? trap = null) =>
        chart.Know(new Fact(FactKind.Condition, problem.Key, ClinicalChart.Name(condition))
        {
            Name = problem.Display, Asked = problem.Asked, When = when, WhenText = when.Text(), Current = current, Counts = counts, Trap = trap,
        });

    public Procedure Perform(
        string snomed, string display, DateTimeOffset when, Encounter? encounter = null, string? site = null, EventStatus status = EventStatus.Completed, params string[] asked)
    {
        var procedure = chart.Add(new Procedure
        {
            Status = status,
            Code = Coded.Concept(Systems.Snomed, snomed, display),
            Subject = chart.Subject,
            Encounter = encounter is null ? null : chart.To(encounter),
            Performed = when.Fhir(),
            Performer = [new() { Actor = chart.To(chart.Staff.Hospitalist) }],
            BodySite = site is null ? [] : [Coded.Named(site)],
        });
        chart.Know(new Fact(FactKind.Procedure, snomed, ClinicalChart.Name(procedure))
        {
            Name = display, Asked = asked.Length == 0 ? [display.ToLowerInvariant()] : asked, When = when, WhenText = when.Text(), Text = site,
            Counts = status == EventStatus.Completed, Trap = status == EventStatus.Completed ? null : status == EventStatus.NotDone ? "not-done" : "entered-in-error",
        });
        return procedure;
    }

    public Immunization Vaccinate(
        string cvx, string display, string key, DateTimeOffset when, Immunization.ImmunizationStatusCodes status = Immunization.ImmunizationStatusCodes.Completed, params string[] asked)
    {
        var shot = chart.Add(new Immunization
        {
            Status = status,
            StatusReason = status == Immunization.ImmunizationStatusCodes.NotDone
                ? Coded.Concept("http://terminology.hl7.org/CodeSystem/v3-ActReason", "PATOBJ", "patient objection") : null,
            VaccineCode = Coded.Concept(Systems.Cvx, cvx, display),
            Patient = chart.Subject,
            Occurrence = when.Fhir(),
            PrimarySource = true,
        });
        chart.Know(new Fact(FactKind.Immunization, key, ClinicalChart.Name(shot))
        {
            Name = display, Asked = asked, When = when, WhenText = when.Text(), Counts = status == Immunization.ImmunizationStatusCodes.Completed,
            Trap = status == Immunization.ImmunizationStatusCodes.NotDone ? "not-done" : null,
        });
        return shot;
    }
}
