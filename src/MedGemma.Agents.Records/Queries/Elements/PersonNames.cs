namespace MedGemma.Agents.Records.Queries.Elements;

/// <summary>Reads HumanName.</summary>
internal static class PersonNames
{
    /// <summary>The first name that is not an old one.</summary>
    public static ElementValue? First(ElementCursor person) =>
        person.Children("name")
            .Where(name => !(name.TryChild("use", out var use) && use.Text is "old" or "maiden"))
            .Select(Read)
            .FirstOrDefault(name => name is not null);

    /// <summary>The text, else given names and family name joined; the path is the FHIRPath of the join.</summary>
    public static ElementValue? Read(ElementCursor name)
    {
        if (name.TryChild("text", out var text) && !string.IsNullOrWhiteSpace(text.Text))
            return text.ToValue();

        var parts = name.Children("given").Concat(name.Children("family")).Where(part => part.Text is not null).ToList();
        return parts.Count switch
        {
            0 => null,
            1 => parts[0].ToValue(),
            _ => ElementValue.OfText(name, string.Join(" & ' ' & ", parts.Select(part => part.Path)), string.Join(' ', parts.Select(part => part.Text))),
        };
    }
}
