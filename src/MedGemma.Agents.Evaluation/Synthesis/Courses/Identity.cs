using Hl7.Fhir.Model;
using MedGemma.Agents.Evaluation.Synthesis.Charting;
using MedGemma.Agents.Evaluation.Synthesis.Vocabulary;

namespace MedGemma.Agents.Evaluation.Synthesis.Courses;

/// <summary>The patient, the hospital with its people and places, and the insurance.</summary>
internal sealed class Identity : ICourse
{
    public void Write(ClinicalChart chart)
    {
        var life = chart.Life;
        chart.Add(new Patient
        {
            Id = life.PatientId,
            Active = true,
            Name = [new() { Use = HumanName.NameUse.Official, Family = life.Family, Given = [life.Given] }],
            Gender = life.Gender,
            BirthDate = life.Birth.ToString("yyyy-MM-dd"),
            Deceased = life.Death?.Fhir(),
            Identifier = [new() { System = "urn:oid:2.999.1", Value = $"MRN{chart.Random.Next(1_000_000):D6}" }],
            Telecom = [new(ContactPoint.ContactPointSystem.Phone, ContactPoint.ContactPointUse.Home, $"555-01{chart.Random.Next(100):D2}")],
            Address = [new() { Line = [$"{chart.Random.Between(1, 99)} Example Street"], City = "Springfield", State = "MA", PostalCode = "01101", Country = "US" }],
            MaritalStatus = Coded.Concept("http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "M", "Married"),
            Communication = [new() { Language = Coded.Concept("urn:ietf:bcp:47", "en-US", "English (United States)"), Preferred = true }],
        });
        var hospital = chart.Add(new Organization { Active = true, Name = "Springfield Teaching Hospital" });
        chart.Staff = new Staff(
            hospital,
            Person(chart, "Amara", "Osei"),
            Person(chart, "Ruth", "Lindqvist"),
            Person(chart, "Tomas", "Varga"),
            Place(chart, hospital, "Outpatient clinic", "OF", "Outpatient facility"),
            Place(chart, hospital, "Medical ward 4", "HU", "Hospital unit"),
            Place(chart, hospital, "Intensive care unit", "ICU", "Intensive care unit"),
            Place(chart, hospital, "Emergency department", "ER", "Emergency room"));
        chart.Add(new Coverage
        {
            Status = FinancialResourceStatusCodes.Active,
            Beneficiary = chart.Subject,
            Payor = [chart.To(hospital)],
            Type = Coded.Named("Health plan"),
        });
    }

    private static Practitioner Person(ClinicalChart chart, string given, string family) => chart.Add(new Practitioner
    {
        Active = true,
        Name = [new() { Text = $"Dr. {given} {family}", Family = family, Given = [given] }],
    });

    private static Location Place(ClinicalChart chart, Organization hospital, string name, string code, string display) => chart.Add(new Location
    {
        Status = Location.LocationStatus.Active,
        Name = name,
        Type = [Coded.Concept(Systems.RoleCode, code, display)],
        ManagingOrganization = chart.To(hospital),
    });
}
