using MedGemma.Agents.Records.Queries.Elements;

namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>What a susceptibility test says of the organism, by its interpretation or its coded value.</summary>
internal static class SusceptibilityReading
{
    /// <summary>
    /// <see cref="ValueComparison.Susceptible"/> or <see cref="ValueComparison.Resistant"/>; for what lies between (intermediate, dose dependent) neither, as
    /// <see cref="ValueComparison.Equal"/>; null when the record says nothing that can be read or says both.
    /// </summary>
    public static ValueComparison? Of(ElementCursor observation)
    {
        var said = new HashSet<ValueComparison>();
        foreach (var concept in observation.Children("interpretation").Concat(Coded(observation)))
        {
            foreach (var coding in concept.Children("coding"))
            {
                if (coding.TryChild("code", out var code) && code.Text is { } text && Read(text) is { } reading)
                    said.Add(reading);
            }

            if (concept.TryChild("text", out var words) && words.Text is { } written && Read(written) is { } own)
                said.Add(own);
        }

        return said.Count == 1 ? said.First() : null;
    }

    private static IEnumerable<ElementCursor> Coded(ElementCursor observation) =>
        observation.TryChoice("value", out var value, out var type) && type == "CodeableConcept" ? [value] : [];

    // The v3 codes, LOINC's answers of list LL2038-2 and SNOMED CT's qualifiers, and the words themselves.
    private static ValueComparison? Read(string code) => code.Trim().ToUpperInvariant() switch
    {
        "S" or "SUSCEPTIBLE" or "SENSITIVE" or "LA24225-7" or "131196009" => ValueComparison.Susceptible,
        "R" or "RESISTANT" or "LA6676-6" or "30714006" => ValueComparison.Resistant,
        "I" or "INTERMEDIATE" or "SDD" or "SYN-R" or "SYN-S" or "NS" or "LA11883-8" => ValueComparison.Equal,
        _ => null,
    };
}
