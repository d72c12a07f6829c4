using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Concepts.ConceptEntries;

namespace MedGemma.Agents.Records.Tests.Concepts;

/// <summary>A combination vaccine counts for each disease that it protects from, whatever the record calls it.</summary>
public sealed class VaccineTests
{
    private const string Cvx = "http://hl7.org/fhir/sid/cvx";
    private static readonly ConceptResolver Resolver = new(ConceptVocabulary.BuiltIn);

    [Theory]
    [InlineData("146", "hepatitis B vaccine", "polio vaccine", "Hib vaccine", "DTaP", "tetanus shot")]
    [InlineData("132", "hepatitis B vaccine", "polio vaccine", "Hib vaccine", "tetanus shot")]
    [InlineData("198", "hepatitis B vaccine", "Hib vaccine", "whooping cough vaccine")]
    [InlineData("193", "hepatitis A vaccine", "hepatitis B vaccine")]
    [InlineData("220", "hepatitis B vaccine", "hep b shot")]
    [InlineData("195", "polio vaccine")]
    [InlineData("148", "Hib vaccine", "meningitis vaccine")]
    [InlineData("309", "covid vaccine")]
    [InlineData("320", "flu shot")]
    [InlineData("328", "meningococcal vaccine")]
    public void A_combination_is_found_under_each_of_its_diseases(string code, params string[] asked)
    {
        // A name that says nothing, so that only the code can tell.
        var given = Entry("Vaccine", Cvx, code, RecordKind.Immunization);
        var index = Index(given, Entry("Other vaccine", Cvx, "204", RecordKind.Immunization));

        Assert.All(asked, words => Assert.Equal([given], Resolver.Resolve(index, words, [RecordKind.Immunization]).Entries));
    }

    [Theory]
    [InlineData("154", "hepatitis A vaccine")]
    [InlineData("30", "hepatitis B vaccine")]
    [InlineData("306", "RSV vaccine")]
    [InlineData("180", "tetanus vaccine")]
    public void An_immune_globulin_is_no_vaccine(string code, string asked)
    {
        var index = Index(Entry("Given", Cvx, code, RecordKind.Immunization));

        Assert.Empty(Resolver.Resolve(index, asked, [RecordKind.Immunization]).Entries);
    }

    [Theory]
    [InlineData("J07BA01", "TBE vaccine")]
    [InlineData("J07AJ51", "whooping cough vaccine")]
    [InlineData("J07BD52", "german measles vaccine")]
    [InlineData("J07BM01", "cervical cancer vaccine")]
    [InlineData("J07AH08", "meningococcus vaccine")]
    [InlineData("J07CA09", "whooping cough vaccine", "polio vaccine", "Hib vaccine", "hepatitis B vaccine", "tetanus vaccine")]
    public void A_vaccine_coded_in_ATC_is_found_under_the_everyday_names_of_its_diseases(string code, params string[] asked)
    {
        var given = Entry("Given", "http://www.whocc.no/atc", code, RecordKind.Immunization);
        var index = Index(given, Entry("Other", "http://www.whocc.no/atc", "J07BG01", RecordKind.Immunization));

        Assert.All(asked, words => Assert.Equal([given], Resolver.Resolve(index, words, [RecordKind.Immunization]).Entries));
    }

    [Fact]
    public void A_grown_up_with_Tdap_was_vaccinated_against_pertussis_and_diphtheria()
    {
        var tdap = Entry("Tdap", Cvx, "115", RecordKind.Immunization);
        var index = Index(tdap, Entry("Td (adult)", Cvx, "139", RecordKind.Immunization));

        Assert.Equal([tdap], Resolver.Resolve(index, "pertussis vaccine", [RecordKind.Immunization]).Entries);
        Assert.Equal(2, Resolver.Resolve(index, "diphtheria vaccine", [RecordKind.Immunization]).Entries.Length);
    }
}
