namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads the people to contact about a patient (Patient.contact), each under how he is related.</summary>
internal static class ContactElements
{
    /// <summary>An element of one contact, or of all.</summary>
    /// <param name="patient">The Patient.</param>
    /// <param name="part">Index of the contact; -1 for all.</param>
    /// <param name="element">Name, telephone and email, address, or relationship.</param>
    public static IEnumerable<ElementValue> Read(ElementCursor patient, int part, ResultElement element) =>
        (part < 0 ? patient.Children("contact") : patient.Children("contact").Skip(part).Take(1)).SelectMany(contact => Of(contact, element));

    private static IEnumerable<ElementValue> Of(ElementCursor contact, ResultElement element)
    {
        var related = contact.Children("relationship").Select(CodeableConcepts.Name).OfType<ElementValue>().ToList();
        if (element == ResultElement.ContactRelationship)
            return related;

        var values = element switch
        {
            ResultElement.ContactTelecom => contact.Children("telecom").SelectMany(PatientElements.Telecom),
            ResultElement.ContactAddress => contact.Children("address").Select(PatientElements.Address),
            _ => contact.Children("name").Select(PersonNames.Read),
        };
        return values.OfType<ElementValue>().Select(value => value with { Label = related.FirstOrDefault()?.Value.GetString() });
    }
}
