using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>What is asked on day one: allergies, past surgery, family history, who cares, what is planned, pending and wished for.</summary>
internal sealed class Background(Allergies allergies, bool isolated = false, bool notForResuscitation = false) : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var life = chart.Life;
        Allergic(chart);
        chart.Problems.Perform("80146002", "Appendectomy", life.Before(4100, 15), asked: ["appendectomy"]);
        chart.Problems.Perform("73761001", "Colonoscopy", life.Before(1700, 9), asked: ["colonoscopy"]);
        chart.Problems.Perform("73761001", "Colonoscopy", life.Before(610, 9), asked: ["colonoscopy"]);
        var family = chart.Add(new FamilyMemberHistory
        {
            Status = FamilyMemberHistory.FamilyHistoryStatus.Completed,
            Patient = chart.Subject,
            Relationship = Coded.Concept(Systems.RoleCode, "MTH", "mother"),
            Condition = [new() { Code = Coded.Of(Problems.Stroke) }],
        });
        chart.Know(new Fact(FactKind.FamilyHistory, "stroke", ClinicalChart.Name(family)) { Name = Problems.Stroke.Display, Text = "mother", When = life.Before(2000) });
        var team = chart.Add(new CareTeam
        {
            Status = CareTeam.CareTeamStatus.Active,
            Name = "Primary care team",
            Subject = chart.Subject,
            Participant = [Member(chart, chart.Staff.Physician), Member(chart, chart.Staff.Nurse)],
        });
        foreach (var person in new[] { chart.Staff.Physician, chart.Staff.Nurse })
            chart.Know(new Fact(FactKind.CareTeam, person.Id!, ClinicalChart.Name(team)) { Name = Staff.NameOf(person), When = life.Before(2000), Current = true });

        if (life.Death is null)
            Ahead(chart);

        if (isolated)
            Isolate(chart);

        Wishes(chart);
    }

    private static CareTeam.ParticipantComponent Member(ClinicalChart chart, Practitioner person)
    {
        var member = chart.To(person);
        member.Display = Staff.NameOf(person);
        return new() { Member = member };
    }

    private void Allergic(ClinicalChart chart)
    {
        if (allergies == Allergies.NothingRecorded)
            return;

        if (allergies == Allergies.NoneKnown)
        {
            var none = Allergy(chart, "716186003", "No known allergy", null);
            chart.Plant("coded-no-known-allergy", none, "A coded statement that there is no known allergy; not an allergy.");
            return;
        }

        var penicillin = Allergy(chart, "91936005", "Allergy to penicillin", "Hives");
        penicillin.Criticality = AllergyIntolerance.AllergyIntoleranceCriticality.High;
        Remember(chart, penicillin, "penicillin", "Allergy to penicillin", "Hives");
        Remember(chart, Allergy(chart, "111088007", "Latex", "Rash"), "latex", "Latex", "Rash");
    }

    private static AllergyIntolerance Allergy(ClinicalChart chart, string snomed, string display, string? reaction) => chart.Add(new AllergyIntolerance
    {
        ClinicalStatus = Coded.Concept(Systems.AllergyClinical, "active", "Active"),
        VerificationStatus = Coded.Concept(Systems.AllergyVerification, "confirmed", "Confirmed"),
        Code = Coded.Concept(Systems.Snomed, snomed, display),
        Patient = chart.Subject,
        RecordedDate = chart.Life.Before(1500).Text(),
        Reaction = reaction is null ? [] : [new() { Manifestation = [Coded.Named(reaction)] }],
    });

    private static void Remember(ClinicalChart chart, AllergyIntolerance allergy, string key, string name, string reaction) =>
        chart.Know(new Fact(FactKind.Allergy, key, ClinicalChart.Name(allergy)) { Name = name, Asked = [key], Text = reaction, When = chart.Life.Before(1500), Current = true });

    private static void Ahead(ClinicalChart chart)
    {
        var soon = chart.Life.Now.AddDays(12).AddHours(2);
        var appointment = chart.Add(new Appointment
        {
            Status = Appointment.AppointmentStatus.Booked,
            Description = "Follow-up with Dr. Amara Osei",
            Start = soon,
            End = soon.AddMinutes(30),
            Created = chart.Life.Before(20).Text(),
            Participant =
            [
                new() { Actor = chart.Subject, Status = ParticipationStatus.Accepted },
                new() { Actor = chart.To(chart.Staff.Physician), Status = ParticipationStatus.Accepted },
            ],
        });
        chart.Know(new Fact(FactKind.Appointment, "next", ClinicalChart.Name(appointment)) { When = soon, WhenText = soon.Text(), Name = "Follow-up", Recorded = chart.Life.Before(20) });
        var pending = Request(chart, "Abdominal ultrasound", RequestStatus.Active, chart.Life.Before(9));
        chart.Know(new Fact(FactKind.PendingOrder, "ultrasound", ClinicalChart.Name(pending)) { Name = "Abdominal ultrasound", When = chart.Life.Before(9), WhenText = chart.Life.Before(9).Text() });
        var cancelled = Request(chart, "MRI of lumbar spine", RequestStatus.Revoked, chart.Life.Before(30));
        chart.Plant("cancelled", cancelled, "A revoked order is not pending.");
    }

    private static ServiceRequest Request(ClinicalChart chart, string what, RequestStatus status, DateTimeOffset when) => chart.Add(new ServiceRequest
    {
        Status = status,
        Intent = RequestIntent.Order,
        Code = Coded.Named(what),
        Subject = chart.Subject,
        AuthoredOn = when.Text(),
        Requester = chart.To(chart.Staff.Physician),
    });

    private static void Isolate(ClinicalChart chart)
    {
        var since = chart.Life.Before(2, 9);
        var flag = chart.Add(new Flag
        {
            Status = Flag.FlagStatus.Active,
            Category = [Coded.Concept("http://terminology.hl7.org/CodeSystem/flag-category", "safety", "Safety")],
            Code = new CodeableConcept { Coding = [new Coding(Systems.Snomed, "40174006", "Isolation procedure")], Text = "Contact isolation" },
            Subject = chart.Subject,
            Period = since.Until(null),
        });
        chart.Know(new Fact(FactKind.Isolation, "isolation", ClinicalChart.Name(flag)) { Name = "Contact isolation", When = since, WhenText = since.Text(), Current = true });
    }

    private void Wishes(ClinicalChart chart)
    {
        var when = chart.Life.Before(90, 11);
        var (code, display) = notForResuscitation ? ("304253006", "Not for resuscitation") : ("304252001", "For resuscitation");
        var status = chart.Labs.Blank(Tests.Height, when, null);
        status.Category = [];
        status.Code = Coded.Concept(Systems.Snomed, "304251008", "Resuscitation status");
        status.Value = Coded.Concept(Systems.Snomed, code, display);
        chart.Add(status);
        chart.Know(new Fact(FactKind.CodeStatus, "codestatus", ClinicalChart.Name(status)) { Name = display, When = when, WhenText = when.Text() });
        if (!notForResuscitation)
            return;

        var consent = chart.Add(new Consent
        {
            Status = Consent.ConsentState.Active,
            Scope = Coded.Concept("http://terminology.hl7.org/CodeSystem/consentscope", "adr", "Advanced Care Directive"),
            Category = [Coded.Concept("http://terminology.hl7.org/CodeSystem/consentcategorycodes", "dnr", "Do Not Resuscitate")],
            Patient = chart.Subject,
            DateTime = when.Text(),
            Policy = [new() { Uri = "https://hospital.example.org/policies/resuscitation" }],
        });
        chart.Know(new Fact(FactKind.CodeStatus, "consent", ClinicalChart.Name(consent)) { Name = "Do Not Resuscitate", When = when, WhenText = when.Text() });
    }
}
