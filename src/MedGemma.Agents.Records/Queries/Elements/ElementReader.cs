using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads an element of a finding: each value with the FHIRPath where it stands.</summary>
internal static class ElementReader
{
    /// <summary>The element that <see cref="ResultElement.Default"/> means for a finding.</summary>
    public static ResultElement Resolve(Finding finding, ResultElement element)
    {
        if (element != ResultElement.Default)
            return element;

        return finding.Resource.Key.Type switch
        {
            "Observation" when finding.Resource.Kinds.Contains(RecordKind.Organism) => ResultElement.Name,
            "Observation" => ResultElement.Value,
            "Encounter" when finding.Part >= 0 => ResultElement.Location,
            _ => ResultElement.Name,
        };
    }

    /// <summary>The values of the element; empty when the resource records none.</summary>
    public static IEnumerable<ElementValue> Read(PatientRecord record, Finding finding, ResultElement element, QueryContext context)
    {
        var resource = finding.Resource;
        var at = ElementCursor.Of(resource);
        var type = resource.Key.Type;
        return Resolve(finding, element) switch
        {
            ResultElement.Name when type == "Encounter" && finding.Part >= 0 => PeopleAndPlaces.Locations(record, at, finding.Part),
            ResultElement.Name when ComponentOf(at, finding) is { } component => Concept(component, CodeableConcepts.Name),
            ResultElement.Name when RelativeElements.ConditionOf(at, finding.Part) is { } condition => RelativeElements.Name(at, condition),
            ResultElement.Name => MainConcepts.Names(record, at),
            ResultElement.Code when ComponentOf(at, finding) is { } component => Concept(component, CodeableConcepts.Code),
            ResultElement.Code => One(MainConcepts.Code(record, at)),
            ResultElement.Value => Values(record, at, finding),
            ResultElement.Unit => Units(record, at, finding),
            ResultElement.Start => One(TimeElements.Start(record, finding)),
            ResultElement.End => One(ComputedElements.EndBy(finding, context)),
            ResultElement.Duration => One(ComputedElements.Duration(record, finding, context)),
            ResultElement.Age => One(ComputedElements.Age(at, context)),
            ResultElement.AgeAtDeath => RelativeElements.AgesAtDeath(at),
            ResultElement.Deceased when type == "FamilyMemberHistory" => RelativeElements.Deceased(at),
            ResultElement.Deceased => PatientElements.Read(record, at, ResultElement.Deceased).Where(value => ComputedElements.HasHappened(value, context)),
            ResultElement.Status => Statuses(at, finding),
            ResultElement.Dose => DosageElements.Doses(at),
            ResultElement.DosageInstruction => DosageElements.Instructions(at),
            ResultElement.Route => DosageElements.Routes(at),
            ResultElement.Frequency => DosageElements.Frequencies(at),
            ResultElement.Performer when type == "CareTeam" && finding.Part >= 0 => TeamMembers.Name(record, at, finding.Part),
            ResultElement.Performer => PeopleAndPlaces.Performers(record, at),
            ResultElement.Role => TeamMembers.Roles(at, finding.Part),
            ResultElement.Attender or ResultElement.Admitter or ResultElement.Referrer or ResultElement.Discharger => Participants.Read(record, at, element),
            ResultElement.ServiceType => at.Children("serviceType").Select(CodeableConcepts.Name).OfType<ElementValue>(),
            ResultElement.ServiceProvider => at.Children("serviceProvider").Select(provider => References.Name(record, provider)).OfType<ElementValue>(),
            ResultElement.Location => PeopleAndPlaces.Locations(record, at, finding.Part),
            ResultElement.Interpretation => ObservationElements.Interpretations(at, finding.Part),
            ResultElement.ReferenceRange => ObservationElements.ReferenceRanges(at, finding.Part),
            ResultElement.ReferenceLow => ObservationElements.ReferenceLimits(at, finding.Part, "low"),
            ResultElement.ReferenceHigh => ObservationElements.ReferenceLimits(at, finding.Part, "high"),
            ResultElement.Specimen => type == "Specimen" ? MainConcepts.Names(record, at) : ObservationElements.Specimens(record, at),
            ResultElement.Organism => ObservationElements.Organisms(record, resource),
            ResultElement.Text => TextElements.Read(record, at, context),
            ResultElement.Reason => ClinicalElements.Reasons(record, at),
            ResultElement.StatusReason => ClinicalElements.StatusReasons(at),
            ResultElement.Priority => ClinicalElements.Priorities(at),
            ResultElement.Criticality => ClinicalElements.Criticalities(at),
            ResultElement.AllergyType => ClinicalElements.AllergyTypes(at),
            ResultElement.Strength => One(MedicationNames.StrengthOf(record, at)),
            ResultElement.Implicated => ClinicalElements.Implicated(record, at),
            ResultElement.LotNumber => ClinicalElements.LotNumbers(at),
            ResultElement.Verification => ClinicalElements.Verifications(at),
            ResultElement.AsNeeded => DosageElements.AsNeeded(at),
            ResultElement.Rate => DosageElements.Rates(at),
            ResultElement.Quantity => SupplyElements.Quantities(at),
            ResultElement.DaysSupply => SupplyElements.Days(at),
            ResultElement.Refills => SupplyElements.Repeats(at),
            ResultElement.IcdCode or ResultElement.Icd9Code or ResultElement.Icd10Code or ResultElement.SnomedCode or ResultElement.LoincCode or ResultElement.RxNormCode =>
                SystemCodes.Read(record, ComponentOf(at, finding) ?? at, element),
            ResultElement.OnsetAge when type == "FamilyMemberHistory" => RelativeElements.OnsetAges(at, finding.Part),
            ResultElement.ContactTelecom or ResultElement.ContactAddress or ResultElement.ContactRelationship or ResultElement.Contact => ContactElements.Read(at, finding.Part, element),
            ResultElement.Stage or ResultElement.OnsetAge or ResultElement.Outcome or ResultElement.Complication or ResultElement.Modality or ResultElement.Activity
                or ResultElement.Relationship => FindingElements.Read(at, element),
            ResultElement.Billed or ResultElement.Paid or ResultElement.Payer => BillingElements.Read(record, at, element),
            ResultElement.BodySite or ResultElement.Severity or ResultElement.Reaction
                or ResultElement.AdmissionSource or ResultElement.DischargeDisposition => ClinicalElements.Read(record, at, element),
            _ => PatientElements.Read(record, at, element),
        };
    }

    /// <summary>What a finding is about, for labels.</summary>
    public static string? LabelOf(PatientRecord record, Finding finding)
    {
        var at = ElementCursor.Of(finding.Resource);
        if (finding.Part < 0)
            return MainConcepts.Name(record, at)?.Value.GetString() ?? finding.Resource.Concept?.Name;
        if (RelativeElements.ConditionOf(at, finding.Part) is { } condition)
            return RelativeElements.Name(at, condition).FirstOrDefault()?.Value.GetString();
        if (finding.Resource.Key.Type == "CareTeam")
            return TeamMembers.Roles(at, finding.Part).FirstOrDefault()?.Value.GetString();

        return finding.Resource.Key.Type == "Encounter"
            ? PeopleAndPlaces.Locations(record, at, finding.Part).FirstOrDefault()?.Value.GetString()
            : ObservationElements.ComponentAt(at, finding.Part) is { } component ? ObservationElements.ComponentName(component) : null;
    }

    /// <summary>The component that a finding stands for, or null when it is the whole Observation.</summary>
    public static ElementCursor? ComponentOf(ElementCursor at, Finding finding) =>
        finding.Part >= 0 && finding.Resource.Key.Type == "Observation" ? ObservationElements.ComponentAt(at, finding.Part) : null;

    private static IEnumerable<ElementValue> Values(PatientRecord record, ElementCursor at, Finding finding) => finding.Resource.Key.Type switch
    {
        "Observation" => ObservationElements.Values(at, finding.Part),
        "QuestionnaireResponse" => QuestionnaireAnswers.Read(at),
        "DiagnosticReport" => ReportElements.Values(record, at),
        "FamilyMemberHistory" => at.TryChoice("deceased", out var deceased, out var type) && type is "boolean" or "date" or "string" ? [deceased.ToValue()] : [],
        _ => at.TryChoice("value", out var value, out var valueType) && valueType == "Quantity" ? Quantities.ReadChoice(value, valueType) : [],
    };

    private static IEnumerable<ElementValue> Units(PatientRecord record, ElementCursor at, Finding finding)
    {
        foreach (var value in Values(record, at, finding))
        {
            if (value.UnitPath is { } path)
                yield return new ElementValue(value.Holder, path, System.Text.Json.JsonSerializer.SerializeToElement(value.Unit)) { Label = value.Label };
        }
    }

    private static IEnumerable<ElementValue> Statuses(ElementCursor at, Finding finding)
    {
        if (finding.Part >= 0 && finding.Resource.Key.Type == "Encounter")
            return at.Children("location").Skip(finding.Part).Take(1).SelectMany(unit => unit.Children("status")).Select(status => status.ToValue());

        var coded = new[] { "clinicalStatus", "lifecycleStatus", "status" }.SelectMany(at.Children).FirstOrDefault();
        return coded.Holder is null ? [] : One(CodeableConcepts.Code(coded) ?? CodeableConcepts.Name(coded));
    }

    private static IEnumerable<ElementValue> Concept(ElementCursor component, Func<ElementCursor, ElementValue?> read) =>
        component.TryChild("code", out var code) ? One(read(code)) : [];

    private static IEnumerable<ElementValue> One(ElementValue? value) => value is null ? [] : [value];
}
