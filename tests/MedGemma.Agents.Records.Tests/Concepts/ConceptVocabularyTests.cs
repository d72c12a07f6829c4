using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;
using MedGemma.Agents.Records.Tests.Testing;

namespace MedGemma.Agents.Records.Tests.Concepts;

public sealed class ConceptVocabularyTests
{
    [Theory]
    [InlineData("metformin", VocabularyCategory.Drug, "metformin")]
    [InlineData("Lipitor", VocabularyCategory.Drug, "atorvastatin")]
    [InlineData("metoprolol succinate", VocabularyCategory.Drug, "metoprolol")]
    [InlineData("statins", VocabularyCategory.DrugClass, "statin")]
    [InlineData("HbA1c", VocabularyCategory.Laboratory, "hemoglobin A1c")]
    [InlineData("potassium level", VocabularyCategory.Laboratory, "potassium")]
    [InlineData("serum sodium", VocabularyCategory.Laboratory, "sodium")]
    [InlineData("flu shot", VocabularyCategory.Immunization, "influenza vaccine")]
    [InlineData("BP", VocabularyCategory.VitalSign, "blood pressure")]
    [InlineData("heart attack", VocabularyCategory.Condition, "myocardial infarction")]
    [InlineData("anaemia", VocabularyCategory.Condition, "anemia")]
    [InlineData("gallbladder removal", VocabularyCategory.Procedure, "cholecystectomy")]
    [InlineData("foley", VocabularyCategory.Device, "urinary catheter")]
    [InlineData("peanuts", VocabularyCategory.Allergen, "peanut")]
    public void Words_are_known_whether_or_not_a_record_has_them(string words, VocabularyCategory category, string name)
    {
        Assert.True(ConceptVocabulary.BuiltIn.TryFind(words, out _));
        Assert.Contains(ConceptVocabulary.BuiltIn.Find(words).Append(First(words)), term => term.Category == category && term.Name == name);
    }

    [Fact]
    public void A_sentence_gives_its_longest_known_phrases()
    {
        var phrases = ConceptVocabulary.BuiltIn.FindPhrases("When was my last flu shot and how is the high blood pressure on metoprolol tartrate?".Split(' '));
        Assert.Equal([(4, 2, "influenza vaccine"), (10, 3, "hypertension"), (14, 2, "metoprolol")], phrases.Select(phrase => (phrase.Start, phrase.Length, phrase.Terms[0].Name)));
    }

    [Fact]
    public void A_group_names_its_members()
    {
        Assert.True(ConceptVocabulary.BuiltIn.TryFind("kidney function", out var term));
        Assert.True(term.IsGroup);
        Assert.Contains("creatinine", term.Members);
    }

    [Fact]
    public void A_short_abbreviation_in_a_sentence_must_be_written_as_one()
    {
        Assert.Empty(ConceptVocabulary.BuiltIn.FindPhrases(["k", "thanks"]));
        Assert.Single(ConceptVocabulary.BuiltIn.FindPhrases(["K", "thanks"]));
    }

    [Fact]
    public void A_folder_extends_the_vocabulary()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "own.json"), """
            { "source": "ward list", "category": "Drug", "kinds": ["Medication"], "terms": [ { "name": "metformin", "names": ["Metzor"] }, { "name": "newdrugol" } ] }
            """);
        var vocabulary = ConceptVocabulary.Load(new ConceptOptions { VocabularyFolder = folder.Path });
        Assert.True(vocabulary.TryFind("metzor", out var metformin));
        Assert.Equal("metformin", metformin.Name);
        Assert.Contains("Glucophage", metformin.Names);
        Assert.True(vocabulary.TryFind("newdrugol", out var added));
        Assert.Equal([RecordKind.Medication], added.Kinds);
        Assert.False(ConceptVocabulary.BuiltIn.TryFind("newdrugol", out _));
    }

    [Theory]
    [InlineData("""{ "source": "x", "category": "Drug", "kinds": ["Medication"], "terms": [ { "name": "a1", "codes": ["4548-4"] } ] }""", "own.json, entry 1 'a1'")]
    [InlineData("""{ "source": "x", "category": "Drug", "kinds": ["Medication"], "terms": [ { "name": "a1", "members": ["nowhere"] } ] }""", "'nowhere'")]
    [InlineData("""{ "source": "x", "category": "Drug", "kinds": ["Medication"], "terms": [ { "name": "a1", "members": ["a2"] }, { "name": "a2", "members": ["a1"] } ] }""", "contains itself")]
    [InlineData("""{ "source": "x", "category": "Drug", "kinds": ["Medication"], "terms": [ { "name": "--" } ] }""", "no letter or digit")]
    [InlineData("""{ "source": "x", "category": "Drug", "kinds": [], "terms": [ { "name": "a1" } ] }""", "no kinds")]
    [InlineData("""{ "source": "x", "category": "Nonsense", "kinds": ["Medication"], "terms": [] }""", "own.json cannot be read at $.category")]
    [InlineData("""{ "source": "x", "category": "Drug", "kinds": ["Medication"], "terms": [ { "name": "a1", "typo": [] } ] }""", "own.json cannot be read")]
    [InlineData("{", "own.json cannot be read")]
    public void A_wrong_file_is_refused_with_its_name_and_entry(string json, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "own.json"), json);
        var exception = Assert.Throws<InvalidDataException>(() => ConceptVocabulary.Load(new ConceptOptions { VocabularyFolder = folder.Path }));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_refused() =>
        Assert.Throws<InvalidDataException>(() => ConceptVocabulary.Load(new ConceptOptions { VocabularyFolder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()) }));

    private static VocabularyTerm First(string words)
    {
        Assert.True(ConceptVocabulary.BuiltIn.TryFind(words, out var term));
        return term;
    }
}
