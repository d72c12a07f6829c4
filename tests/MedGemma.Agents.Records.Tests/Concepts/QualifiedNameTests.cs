using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Concepts.ConceptEntries;

namespace MedGemma.Agents.Records.Tests.Concepts;

public sealed class QualifiedNameTests
{
    private static readonly ConceptResolver Resolver = new(ConceptVocabulary.BuiltIn);

    [Theory]
    [InlineData("brain MRI", "Magnetic resonance imaging for measurement of brain volume")]
    [InlineData("MRI of brain", "Magnetic resonance imaging for measurement of brain volume")]
    [InlineData("pregnancy test", "Standard pregnancy test")]
    [InlineData("red cells", "Packed Red Blood Cells")]
    public void A_known_name_is_found_by_its_parts_where_the_record_writes_it_otherwise(string words, string expected)
    {
        var index = Index(
            Procedure("Magnetic resonance imaging for measurement of brain volume"), Procedure("Magnetic resonance imaging of knee"), Procedure("Standard pregnancy test"), Drug("Packed Red Blood Cells"));

        Assert.Equal(expected, Assert.Single(Resolver.Resolve(index, words, []).Entries).Name);
    }

    [Theory]
    [InlineData("renal ultrasound", "Ultrasound of kidneys and bladder")]
    [InlineData("hepatic ultrasound", "Ultrasound of liver")]
    [InlineData("cardiac MRI", "MRI of heart")]
    public void A_part_of_the_body_is_found_by_its_adjective(string words, string expected)
    {
        var index = Index(Procedure("Ultrasound of kidneys and bladder"), Procedure("Ultrasound of liver"), Procedure("MRI of heart"), Procedure("MRI of knee"));

        Assert.Equal(expected, Assert.Single(Resolver.Resolve(index, words, []).Entries).Name);
    }

    [Theory]
    [InlineData("Magnetic resonance imaging", true)]
    [InlineData("Magnetic resonance imaging of knee", false)]
    [InlineData("Colonoscopy", false)]
    public void An_image_that_does_not_say_what_it_shows_may_be_the_one_asked_for(string recorded, bool mayBe)
    {
        var resolved = Resolver.Resolve(Index(Procedure(recorded)), "brain MRI", []);

        Assert.Empty(resolved.Entries);
        Assert.Equal(mayBe, resolved.MayBeHidden);
    }

    [Fact]
    public void A_disease_of_a_relative_is_not_the_patients()
    {
        var index = Index(Entry("Breast cancer", Snomed, "F1", RecordKind.FamilyHistory));

        Assert.Empty(Resolver.Resolve(index, "breast cancer", [RecordKind.Condition]).Entries);
    }
}
