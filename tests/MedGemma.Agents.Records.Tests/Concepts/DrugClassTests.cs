using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;
using static MedGemma.Agents.Records.Tests.Concepts.ConceptEntries;

namespace MedGemma.Agents.Records.Tests.Concepts;

/// <summary>A class of drugs is every drug of it, by its name or by the beginning of its ATC code.</summary>
public sealed class DrugClassTests
{
    private static readonly ConceptResolver Resolver = new(ConceptVocabulary.BuiltIn);

    [Theory]
    [InlineData("diabetes drugs", "Gliclazide")]
    [InlineData("sleeping tablet", "Zopiclone")]
    [InlineData("water tablets", "Torasemide")]
    [InlineData("reliever inhaler", "Salbutamol")]
    [InlineData("anti-sickness tablets", "Domperidone")]
    [InlineData("antibiotic", "Flucloxacillin")]
    [InlineData("anti-TNF", "Certolizumab pegol")]
    [InlineData("thyroxine", "Levothyroxine sodium")]
    public void Everyday_names_find_drugs_sold_elsewhere(string asked, string drug)
    {
        var index = Index(Drug(drug), Drug("Paracetamol"));

        Assert.Equal([drug], Resolver.Resolve(index, asked, [RecordKind.Medication]).Entries.Select(entry => entry.Name));
    }

    [Theory]
    [InlineData("anticoagulant", "B01AF02")]
    [InlineData("statin", "C10AA07")]
    [InlineData("long-acting insulin", "A10AE06")]
    [InlineData("antidepressant", "N06AX21")]
    public void A_class_is_told_by_the_code_where_the_name_says_nothing(string asked, string code)
    {
        var coded = Entry("Prep 7", "http://www.whocc.no/atc", code, RecordKind.Medication, RecordKind.MedicationStatement);
        var index = Index(coded, Entry("Prep 8", "http://www.whocc.no/atc", "R06AE07", RecordKind.Medication, RecordKind.MedicationStatement));

        Assert.Equal([coded], Resolver.Resolve(index, asked, [RecordKind.Medication]).Entries);
    }

    [Fact]
    public void Lithium_is_no_antipsychotic_though_its_code_stands_among_them()
    {
        var index = Index(Entry("Prep 9", "http://www.whocc.no/atc", "N05AN01", RecordKind.Medication, RecordKind.MedicationStatement));

        Assert.Empty(Resolver.Resolve(index, "antipsychotic", [RecordKind.Medication]).Entries);
    }
}
