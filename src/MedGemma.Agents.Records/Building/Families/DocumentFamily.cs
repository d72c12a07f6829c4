namespace MedGemma.Agents.Records.Building.Families;

/// <summary>Notes, documents, lists, consents, questionnaires and messages.</summary>
internal static class DocumentFamily
{
    public static TypeShape[] Shapes { get; } =
    [
        new("DocumentReference", status: ["status", "docStatus"], concept: ["type", "description"], category: ["category"], encounter: "context", time: ["date", "context"], recorded: ["date"]),
        new("DocumentManifest", status: ["status"], concept: ["type", "description"], time: ["created"], recorded: ["created"]),
        new("Composition", status: ["status"], concept: ["type", "title"], category: ["category"], encounter: "encounter", time: ["date"], recorded: ["date"]),
        new("List", status: ["status"], concept: ["code", "title"], encounter: "encounter", time: ["date"], recorded: ["date"]),
        new("Consent", status: ["status"], concept: ["category", "scope"], category: ["category", "scope"], time: ["dateTime"], recorded: ["dateTime"]),
        new("QuestionnaireResponse", status: ["status"], concept: ["questionnaire"], encounter: "encounter", time: ["authored"], recorded: ["authored"]),
        new("Communication", status: ["status"], concept: ["topic", "category"], category: ["category"], encounter: "encounter", time: ["sent", "received"], recorded: ["sent"]),
        new("CommunicationRequest", status: ["status", "doNotPerform"], concept: ["category"], category: ["category"], encounter: "encounter",
            time: ["authoredOn", "occurrenceDateTime", "occurrencePeriod"], recorded: ["authoredOn"]),
        new("Basic", concept: ["code"], time: ["created"], recorded: ["created"]),
        new("MeasureReport", status: ["status"], concept: ["measure"], time: ["date", "period"], recorded: ["date"]),
    ];
}
