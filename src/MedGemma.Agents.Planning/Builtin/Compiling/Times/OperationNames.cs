using System.Text.RegularExpressions;

namespace MedGemma.Agents.Planning.Builtin.Compiling.Times;

/// <summary>
/// Tells operations from other procedures by their names, as surgical terms are built: what is cut out (-ectomy), opened (-otomy, -ostomy), shaped (-plasty), fixed (-pexy, -desis) or sewn (-rrhaphy), and the plain words
/// for the same. "The operation" of a patient who also had an infusion and an ultrasound is the one that is one.
/// </summary>
internal static partial class OperationNames
{
    /// <summary>Whether a procedure of that name is an operation.</summary>
    public static bool Is(string name) => Terms().IsMatch(name) && !Others().IsMatch(name);

    /// <summary>Whether the first word of an operation's name is the word that it is called by, or made of it: "transplant" is the transplantation, not the biopsy of what was transplanted.</summary>
    public static bool IsCalled(string name, string word) =>
        word.Length > 4 && !word.Contains(' ', StringComparison.Ordinal) && name.Split([' ', ',', '(', '-'], StringSplitOptions.RemoveEmptyEntries) is [var first, ..] rest
        && (first.StartsWith(word, StringComparison.OrdinalIgnoreCase) || rest is [_, var second] && second.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether words ask for an operation without its name: "the operation", "surgery".</summary>
    public static bool AreBare(string words) => Bare().IsMatch(words);

    [GeneratedRegex(@"\b\w+(?:ectomy|otomy|ostomy|plasty|pexy|rrhaphy|desis)\b|\b(?:resection|excision|repair|replacement|fixation|graft|bypass|transplant(?:ation)?|amputation|ca?esarean|operation|operative|surgery|surgical|debridement|ligation|reconstruction|craniotomy|decompression|osteosynthesis|hernia|open reduction|implantation of (?:prosthesis|joint|pacemaker|defibrillator))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Terms();

    // A cut vein for a drip, a stoma bag and a suture at the bedside are none; nor is what is only asked or looked at.
    [GeneratedRegex(@"\b(?:phlebotomy|venepuncture|assessment|evaluation|education|consultation|follow-?up|care|imaging|x-?ray|scan|history|referral)\b|histology|patholog", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Others();

    [GeneratedRegex(@"\b(?:operations?|operated|surgery|surgeries|op)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Bare();
}
