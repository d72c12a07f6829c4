using System.Collections.Frozen;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>Words around a known name that narrow it down: a salt, a form, a side, a stage.</summary>
public static class Qualifiers
{
    private static readonly FrozenSet<string> Salts = FrozenSet.Create(
        StringComparer.Ordinal,
        new[]
        {
            "acetate", "bisulfate", "bitartrate", "bromide", "calcium", "carbonate", "chloride", "citrate", "dihydrate", "dimesylate", "fumarate", "furoate", "gluconate", "hcl", "hydrobromide", "hydrochloride",
            "lactate", "magnesium", "maleate", "medoxomil", "mesylate", "monohydrate", "mononitrate", "dinitrate", "nitrate", "phosphate", "potassium", "propionate", "sodium", "succinate", "sulfate", "tartrate", "tosylate",
            "trihydrate", "trometamol", "tromethamine", "xinafoate", "valerate", "pamoate", "decanoate", "besylate",
        });

    /// <summary>True for the name of a salt or ester.</summary>
    /// <param name="word">One word in small letters.</param>
    public static bool IsSalt(string word) => Salts.Contains(word);

    /// <summary>Tells whether an entry agrees with the words left beside a known name.</summary>
    /// <param name="names">Names of the entry.</param>
    /// <param name="rest">The words left.</param>
    /// <param name="term">The known name.</param>
    internal static bool Agree(string[][] names, string[] rest, VocabularyTerm term)
    {
        foreach (var word in rest)
        {
            if (Array.Exists(names, name => name.Contains(word, StringComparer.Ordinal) || BodyParts.OthersFor(word).Any(other => name.Contains(other, StringComparer.Ordinal))))
                continue;

            // "Zolpidem tartrate" is zolpidem where the record names no salt; metoprolol succinate is not metoprolol tartrate.
            var isSalt = term.Category == VocabularyCategory.Drug && Salts.Contains(word);
            if (!isSalt || Array.Exists(names, name => Array.Exists(name, Salts.Contains)))
                return false;
        }

        return true;
    }
}
