using System.Collections.Frozen;
using MedGemma.Agents.Planning.Builtin.Compiling.Kinds;
using MedGemma.Agents.Planning.Builtin.Language;
using MedGemma.Agents.Planning.Builtin.Reading.Topics;
using MedGemma.Agents.Records.Concepts;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Builtin.Reading.Medicines;

/// <summary>Finds that medicines are asked for by what they are taken for: "what is she on for heart failure", "which drugs treat her COPD".</summary>
internal static class IndicationReader
{
    /// <summary>What is measured stands for the disease that shows in it.</summary>
    private static readonly FrozenDictionary<string, string> s_measured = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["blood pressure"] = "hypertension", ["bp"] = "hypertension", ["cholesterol"] = "hyperlipidemia", ["lipids"] = "hyperlipidemia", ["sugar"] = "diabetes", ["sugars"] = "diabetes",
        ["blood sugar"] = "diabetes", ["blood sugars"] = "diabetes", ["glucose"] = "diabetes", ["thyroid"] = "hypothyroidism",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The condition on the reason of the orders, its disease taken out of the list; null when no medicine is asked for so.</summary>
    public static ElementFilter? Read(QuestionText question, IReadOnlyList<TopicMention> topics, List<ConceptMention> concepts, ConceptVocabulary vocabulary)
    {
        if (concepts.FindLast(concept => IsDisease(concept) || IsForAnything(question, concept)) is not { } disease || !(IsFor(question, disease.Span.First) || topics.Any(mention => mention.Topic.Name == "medication" && mention.Span.First == disease.Span.After))
            || !(concepts.Exists(concept => concept != disease && concept.Kinds.Any(MedicineReader.IsOfDrugs)) || topics.Any(IsOfMedicines) || (question[0] is "what" && question[1] is "was" or "were" or "did" or "is" or "has" && topics.Any(mention => mention.Topic.Name is "given" or "taken")) || IsForAnything(question, disease)))
            return null;

        concepts.Remove(disease);
        for (var i = disease.Span.First - 1; i >= 0 && i >= disease.Span.First - 3; i--)
            if (question[i] is "for" or "treat" or "treats" or "treating" or "against" or "to" or "manage" or "control")
                question.Claim(new TokenSpan(i, 1));

        var words = s_measured.GetValueOrDefault(QuestionText.Normalize(disease.Words), disease.Words);
        return new ElementFilter(ResultElement.Reason, [.. vocabulary.Find(words).Where(term => term.Category == VocabularyCategory.Condition).SelectMany(term => term.Names).Prepend(words).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>"Does she take anything for pain", "something for her nausea".</summary>
    private static bool IsForAnything(QuestionText question, ConceptMention concept)
    {
        var before = concept.Span.First - 1;
        while (question[before] is "the" or "a" or "an" or "her" or "his" or "my" or "their" or "your")
            before--;
        return question[before] is "for" or "against" && question[before - 1] is "anything" or "something" && !concept.Kinds.Any(MedicineReader.IsOfDrugs)
            && question.Tokens.Any(token => token.Word is "take" or "takes" or "taking" or "use" or "uses" or "using" or "on" or "get" or "gets" or "given" or "prescribed" or "have" or "having");
    }

    private static bool IsDisease(ConceptMention concept) =>
        (concept.Kinds.Any() && concept.Kinds.All(kind => kind == RecordKind.Condition)) || s_measured.ContainsKey(QuestionText.Normalize(concept.Words));

    private static bool IsOfMedicines(TopicMention mention) =>
        mention.Topic.Rank > 1 && mention.Topic.Kinds.Count > 0 && KindFamilies.AreMedications(mention.Topic.Kinds) && mention.Topic.Name is not ("intake" or "taken");

    private static bool IsFor(QuestionText question, int at)
    {
        var before = at - 1;
        while (question[before] is "the" or "a" or "an" or "her" or "his" or "my" or "their" or "your")
            before--;
        return question[before] is "for" or "treat" or "treats" or "treating" or "against" or "manage" or "control";
    }
}
