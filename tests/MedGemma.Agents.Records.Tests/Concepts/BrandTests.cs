using MedGemma.Agents.Records.Concepts;
using static MedGemma.Agents.Records.Tests.Concepts.ConceptEntries;

namespace MedGemma.Agents.Records.Tests.Concepts;

public sealed class BrandTests
{
    private static readonly ConceptResolver Resolver = new(ConceptVocabulary.BuiltIn);

    [Theory]
    [InlineData("Errin", "Errin 28 Day Pack")]
    [InlineData("Jolivette", "Jolivette 28 Day Pack")]
    [InlineData("norethindrone", "Errin 28 Day Pack|Jolivette 28 Day Pack|Norethindrone 0.35 MG")]
    [InlineData("norethisterone", "Errin 28 Day Pack|Jolivette 28 Day Pack|Norethindrone 0.35 MG")]
    [InlineData("Camila", "Norethindrone 0.35 MG")]
    public void A_brand_takes_its_own_product_and_a_substance_takes_all(string words, string expected)
    {
        var index = Index(Drug("Errin 28 Day Pack"), Drug("Jolivette 28 Day Pack"), Drug("Norethindrone 0.35 MG"));

        Assert.Equal(expected.Split('|'), Names(Resolver.Resolve(index, words, [])));
    }

    [Fact]
    public void Of_another_brand_only_it_is_not_said_that_there_is_none()
    {
        var resolved = Resolver.Resolve(Index(Drug("Jolivette 28 Day Pack")), "Errin", []);

        Assert.Empty(resolved.Entries);
        Assert.True(resolved.MayBeHidden);
    }

    [Theory]
    [InlineData("cipro", "Ciprofloxacin|Ciprofloxacin HCl")]
    [InlineData("KCl", "KCL (Bolus)|Potassium Chloride")]
    public void A_clipped_name_or_a_formula_is_no_brand(string words, string expected)
    {
        var index = Index(Drug("Ciprofloxacin"), Drug("Ciprofloxacin HCl"), Drug("KCL (Bolus)"), Drug("Potassium Chloride"));

        Assert.Equal(expected.Split('|'), Names(Resolver.Resolve(index, words, [])));
    }

    private static string[] Names(ResolvedConcept resolved) => [.. resolved.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal)];
}
