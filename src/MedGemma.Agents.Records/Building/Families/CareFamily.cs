namespace MedGemma.Agents.Records.Building.Families;

/// <summary>What is done and planned: procedures, orders, plans, teams, goals, appointments, devices.</summary>
internal static class CareFamily
{
    public static TypeShape[] Shapes { get; } =
    [
        new("Procedure", status: ["status"], concept: ["code"], category: ["category"], encounter: "encounter", time: ["performedDateTime", "performedPeriod"]),
        new("CarePlan", status: ["status", "intent"], concept: ["title", "category"], category: ["category"], encounter: "encounter", time: ["period", "created"], recorded: ["created"], isState: true),
        new("CareTeam", status: ["status"], concept: ["category", "name"], category: ["category"], encounter: "encounter", time: ["period"], isState: true),
        new("Goal", status: ["lifecycleStatus"], concept: ["description"], category: ["category"], time: ["startDate", "statusDate"], isState: true),
        new("ServiceRequest", status: ["status", "intent", "doNotPerform"], concept: ["code"], category: ["category"], encounter: "encounter",
            time: ["authoredOn", "occurrenceDateTime", "occurrencePeriod", "occurrenceTiming"], recorded: ["authoredOn"]),
        new("Appointment", status: ["status"], concept: ["serviceType", "appointmentType", "description"], category: ["serviceCategory"], time: ["start", "created"], recorded: ["created"]),
        new("AppointmentResponse", status: ["participantStatus"], concept: ["participantType"], time: ["start"]),
        new("Device", status: ["status"], concept: ["type", "distinctIdentifier"]),
        new("DeviceUseStatement", status: ["status"], concept: ["device"], time: ["timingPeriod", "timingDateTime", "timingTiming", "recordedOn"], recorded: ["recordedOn"], isState: true),
        new("DeviceRequest", status: ["status", "intent"], concept: ["codeCodeableConcept", "codeReference"], encounter: "encounter",
            time: ["authoredOn", "occurrenceDateTime", "occurrencePeriod"], recorded: ["authoredOn"]),
        new("NutritionOrder", status: ["status", "intent"], encounter: "encounter", time: ["dateTime"], recorded: ["dateTime"]),
        new("Task", status: ["status", "intent"], concept: ["code", "description"], encounter: "encounter", time: ["authoredOn", "executionPeriod"], recorded: ["authoredOn"]),
        new("RequestGroup", status: ["status", "intent"], concept: ["code"], encounter: "encounter", time: ["authoredOn"], recorded: ["authoredOn"]),
        new("VisionPrescription", status: ["status"], encounter: "encounter", time: ["dateWritten", "created"], recorded: ["created"]),
        new("GuidanceResponse", status: ["status"], encounter: "encounter", time: ["occurrenceDateTime"]),
        new("SupplyDelivery", status: ["status"], concept: ["type"], time: ["occurrenceDateTime", "occurrencePeriod"]),
        new("SupplyRequest", status: ["status"], concept: ["itemCodeableConcept"], category: ["category"], time: ["authoredOn", "occurrenceDateTime"], recorded: ["authoredOn"]),
    ];
}
