using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace MedGemma.Agents.Evaluation.Tests.Synthesis;

public sealed class ConformanceTests
{
    [Fact]
    public void Every_resource_is_read_in_strict_mode_without_a_complaint()
    {
        var fhir = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);
        var deserializer = new FhirJsonDeserializer(new DeserializerSettings().UsingMode(DeserializationMode.Strict));
        foreach (var resource in SyntheticPatients.All.SelectMany(patient => patient.Resources))
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(resource, fhir)));
            deserializer.TryDeserializeResource(ref reader, out _, out var issues);
            Assert.True(!issues.Any(), $"{resource.TypeName}: {string.Join("; ", issues.Select(issue => issue.Message))}");
        }
    }

    [Fact]
    public void Every_reference_leads_to_a_resource_of_the_same_chart()
    {
        foreach (var patient in SyntheticPatients.All)
        {
            var resources = patient.Resources.ToList();
            var known = resources.SelectMany(resource => new[] { SyntheticPatients.Name(resource), $"urn:uuid:{resource.Id}" }).ToHashSet();
            foreach (var resource in resources)
            {
                var contained = resource is DomainResource { Contained: { } inside } ? inside.Select(part => $"#{part.Id}").ToHashSet() : [];
                foreach (var reference in References(resource))
                    Assert.True(known.Contains(reference) || contained.Contains(reference), $"{resource.TypeName} refers to {reference}");
            }
        }
    }

    [Fact]
    public void Both_forms_of_reference_are_written()
    {
        var references = SyntheticPatients.Eight.SelectMany(patient => patient.Resources.Take(60).SelectMany(References)).ToList();
        Assert.Contains(references, reference => reference.StartsWith("urn:uuid:", StringComparison.Ordinal));
        Assert.Contains(references, reference => reference.StartsWith("Patient/", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_code_system_is_named_by_its_uri()
    {
        foreach (var coding in SyntheticPatients.All.SelectMany(patient => patient.Resources).SelectMany(Everything).OfType<Coding>())
            Assert.True(coding.System?.StartsWith("http://", StringComparison.Ordinal) == true || coding.System?.StartsWith("urn:", StringComparison.Ordinal) == true, coding.Code);
    }

    private static IEnumerable<string> References(Base resource) =>
        Everything(resource).OfType<ResourceReference>().Select(reference => reference.Reference!).Where(reference => reference is not null);

    private static IEnumerable<Base> Everything(Base element) =>
        element.EnumerateElements().SelectMany(pair => pair.Value is IEnumerable<Base> many ? many : pair.Value is Base one ? [one] : []).SelectMany(child => Everything(child).Prepend(child));
}
