namespace MedGemma.Agents.Records.Building.Families;

/// <summary>The patient, relations, money and research: kept and findable, not clinical.</summary>
internal static class AdministrationFamily
{
    public static TypeShape[] Shapes { get; } =
    [
        new("Patient"),
        new("RelatedPerson", concept: ["relationship"], time: ["period"], isState: true),
        new("Claim", status: ["status"], concept: ["type"], encounter: "item", time: ["created", "billablePeriod"], recorded: ["created"]),
        new("ClaimResponse", status: ["status"], concept: ["type"], time: ["created"], recorded: ["created"]),
        new("ExplanationOfBenefit", status: ["status"], concept: ["type"], encounter: "item", time: ["created", "billablePeriod"], recorded: ["created"]),
        new("Coverage", status: ["status"], concept: ["type"], time: ["period"], isState: true),
        new("CoverageEligibilityRequest", status: ["status"], time: ["created"], recorded: ["created"]),
        new("CoverageEligibilityResponse", status: ["status"], time: ["created"], recorded: ["created"]),
        new("EnrollmentRequest", status: ["status"], time: ["created"], recorded: ["created"]),
        new("Account", status: ["status"], concept: ["type"], time: ["servicePeriod"], isState: true),
        new("ChargeItem", status: ["status"], concept: ["code"], encounter: "context", time: ["occurrenceDateTime", "occurrencePeriod", "enteredDate"], recorded: ["enteredDate"]),
        new("Invoice", status: ["status"], concept: ["type"], time: ["date"], recorded: ["date"]),
        new("Contract", status: ["status"], concept: ["type"], time: ["applies", "issued"], recorded: ["issued"]),
        new("ResearchSubject", status: ["status"], time: ["period"], isState: true),
        new("Location", status: ["status"], concept: ["type", "name"]),
        new("Organization", concept: ["type", "name"]),
        new("Practitioner"),
        new("PractitionerRole", concept: ["code"]),
    ];
}
