namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>What a relative is called besides the recorded words: the wider relation (a brother is a sibling) and what the code stands for (https://terminology.hl7.org/CodeSystem-v3-RoleCode.html).</summary>
internal static class Relatives
{
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MTH"] = ["mother", "parent"],
        ["NMTH"] = ["mother", "parent"],
        ["mother"] = ["parent"],
        ["FTH"] = ["father", "parent"],
        ["NFTH"] = ["father", "parent"],
        ["father"] = ["parent"],
        ["PRN"] = ["mother or father", "parent"],
        ["parent"] = ["mother or father"],
        ["BRO"] = ["brother", "sibling"],
        ["NBRO"] = ["brother", "sibling"],
        ["brother"] = ["sibling"],
        ["SIS"] = ["sister", "sibling"],
        ["NSIS"] = ["sister", "sibling"],
        ["sister"] = ["sibling"],
        ["SIB"] = ["brother or sister", "sibling"],
        ["sibling"] = ["brother or sister"],
        ["SON"] = ["son", "child"],
        ["SONC"] = ["son", "child"],
        ["son"] = ["child"],
        ["DAU"] = ["daughter", "child"],
        ["DAUC"] = ["daughter", "child"],
        ["daughter"] = ["child"],
        ["CHILD"] = ["son or daughter", "child"],
        ["GRMTH"] = ["grandmother", "grandparent"],
        ["MGRMTH"] = ["maternal grandmother", "grandmother", "grandparent"],
        ["PGRMTH"] = ["paternal grandmother", "grandmother", "grandparent"],
        ["grandmother"] = ["grandparent"],
        ["maternal grandmother"] = ["grandmother", "grandparent"],
        ["paternal grandmother"] = ["grandmother", "grandparent"],
        ["GRFTH"] = ["grandfather", "grandparent"],
        ["MGRFTH"] = ["maternal grandfather", "grandfather", "grandparent"],
        ["PGRFTH"] = ["paternal grandfather", "grandfather", "grandparent"],
        ["grandfather"] = ["grandparent"],
        ["maternal grandfather"] = ["grandfather", "grandparent"],
        ["paternal grandfather"] = ["grandfather", "grandparent"],
        ["GRPRN"] = ["grandmother or grandfather", "grandparent"],
        ["AUNT"] = ["aunt"],
        ["MAUNT"] = ["maternal aunt", "aunt"],
        ["PAUNT"] = ["paternal aunt", "aunt"],
        ["UNCLE"] = ["uncle"],
        ["MUNCLE"] = ["maternal uncle", "uncle"],
        ["PUNCLE"] = ["paternal uncle", "uncle"],
        ["COUSN"] = ["cousin"],
    };

    /// <summary>The word and what else says the same or more widely.</summary>
    public static IEnumerable<string> WithWider(string word) => Names.TryGetValue(word.Trim(), out var names) ? [word, .. names] : [word];
}
