using System.Text.Json;
using Hl7.Fhir.Model;
using MedGemma.Agents.Records.Building;

namespace MedGemma.Agents.Records.Tests.Building;

public sealed class SubjectReferenceTests
{
    [Theory]
    [InlineData("""{"resourceType":"Patient","id":"a"}""", "Patient/a")]
    [InlineData("""{"resourceType":"Observation","subject":{"reference":"Patient/a"},"performer":[{"reference":"Patient/b"}]}""", "Patient/a")]
    [InlineData("""{"resourceType":"Observation","performer":[{"reference":"Patient/b"}],"focus":[{"reference":"Patient/b"}]}""", null)]
    [InlineData("""{"resourceType":"AllergyIntolerance","patient":{"reference":"urn:uuid:1"},"asserter":{"reference":"Patient/b"}}""", "urn:uuid:1")]
    [InlineData("""{"resourceType":"Coverage","beneficiary":{"reference":"Patient/a"},"payor":[{"reference":"Patient/b"}],"subscriber":{"reference":"Patient/b"}}""", "Patient/a")]
    [InlineData("""{"resourceType":"ResearchSubject","individual":{"reference":"Patient/a"}}""", "Patient/a")]
    [InlineData("""{"resourceType":"Task","for":{"reference":"Patient/a"},"owner":{"reference":"Patient/b"}}""", "Patient/a")]
    [InlineData("""{"resourceType":"Specimen","subject":{"reference":"Group/g"}}""", "Group/g")]
    [InlineData("""{"resourceType":"Account","subject":[{"reference":"Device/d"},{"reference":"https://x.org/fhir/Patient/a"}]}""", "https://x.org/fhir/Patient/a")]
    [InlineData("""{"resourceType":"Account","subject":[{"reference":"Patient/a"},{"reference":"Patient/b"}]}""", null)]
    [InlineData("""{"resourceType":"Appointment","participant":[{"actor":{"reference":"Practitioner/1"}},{"actor":{"reference":"Patient/a"}}]}""", "Patient/a")]
    [InlineData("""{"resourceType":"Appointment","participant":[{"actor":{"reference":"Patient/a"}},{"actor":{"reference":"Patient/b"}}]}""", null)]
    [InlineData("""{"resourceType":"Appointment","participant":[{"actor":{"reference":"urn:uuid:1"}},{"actor":{"reference":"urn:uuid:2"}}]}""", null)]
    [InlineData("""{"resourceType":"Medication","subject":{"reference":"Patient/a"}}""", null)]
    [InlineData("""{"resourceType":"Condition","subject":{"display":"somebody"}}""", null)]
    [InlineData("""{"resourceType":"Condition","subject":"Patient/a"}""", null)]
    [InlineData("""["no resource"]""", null)]
    public void The_subject_is_whom_a_resource_is_about(string json, string? expected)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(expected, SubjectReference.Find(document.RootElement));
    }

    [Fact]
    public void Every_named_element_is_a_reference_of_its_r4_type()
    {
        foreach (var type in SubjectReference.Types)
        {
            var mapping = ModelInfo.ModelInspector.FindClassMapping(type);
            foreach (var name in SubjectReference.ElementOf(type)!.Split('.'))
            {
                var property = mapping?.FindMappedElementByName(name);
                Assert.True(property is not null, $"{type}.{name} is no element of R4.");
                mapping = property.PropertyTypeMapping;
            }

            Assert.Equal("Reference", mapping!.Name);
        }
    }

    [Fact]
    public void Every_r4_type_with_a_subject_patient_or_beneficiary_is_known()
    {
        var known = SubjectReference.Types.ToHashSet();
        foreach (var type in ModelInfo.SupportedResources)
        {
            var mapping = ModelInfo.ModelInspector.FindClassMapping(type)!;
            foreach (var name in new[] { "subject", "patient", "beneficiary", "individual" })
            {
                // Definitions have subjects of their own: the kind of thing they are written for.
                var element = mapping.FindMappedElementByName(name);
                if (element is not null && element.PropertyTypeMapping.Name == "Reference")
                    Assert.True(known.Contains(type) || IsDefinition(type), $"{type}.{name} is not known.");
            }
        }
    }

    private static bool IsDefinition(string type) =>
        type.EndsWith("Definition", StringComparison.Ordinal) || type is "Library" or "Measure" or "ResearchElementDefinition"
            or "SubstanceSpecification" || type.StartsWith("Medicinal", StringComparison.Ordinal);
}
