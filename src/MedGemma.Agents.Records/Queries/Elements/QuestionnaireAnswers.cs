namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads the answers of a QuestionnaireResponse, nested items included.</summary>
internal static class QuestionnaireAnswers
{
    /// <summary>Every answer with its question's text as label.</summary>
    public static IEnumerable<ElementValue> Read(ElementCursor at)
    {
        foreach (var item in at.Children("item"))
        {
            var question = item.TryChild("text", out var text) ? text.Text : item.TryChild("linkId", out var link) ? link.Text : null;
            foreach (var answer in item.Children("answer"))
            {
                foreach (var value in Answers(answer))
                    yield return value with { Label = question };
                foreach (var nested in Read(answer))
                    yield return nested;
            }

            foreach (var nested in Read(item))
                yield return nested;
        }
    }

    private static IEnumerable<ElementValue> Answers(ElementCursor answer)
    {
        if (!answer.TryChoice("value", out var value, out var type))
            return [];
        return type switch
        {
            "Quantity" => Quantities.ReadChoice(value, type),
            "Coding" => CodeableConcepts.Name(value) is { } name ? [name] : [],
            "Reference" => value.Children("display").Select(display => display.ToValue()),
            _ => [value.ToValue()],
        };
    }
}
