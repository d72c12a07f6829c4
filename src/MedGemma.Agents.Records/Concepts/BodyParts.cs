using System.Collections.Frozen;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>The parts of the body that names of images and operations say. Safe for concurrent use.</summary>
public static class BodyParts
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        new[]
        {
            "head", "brain", "skull", "cranial", "face", "facial", "orbit", "eye", "ear", "sinus", "jaw", "mandible", "neck", "cervical", "carotid", "thyroid", "chest", "thorax", "thoracic", "lung", "rib",
            "breast", "heart", "cardiac", "coronary", "aorta", "aortic", "abdomen", "abdominal", "pelvis", "pelvic", "liver", "hepatic", "gallbladder", "biliary", "pancreas", "spleen", "kidney", "renal",
            "bladder", "bowel", "colon", "rectum", "prostate", "uterus", "ovary", "spine", "spinal", "lumbar", "sacrum", "back", "shoulder", "clavicle", "arm", "humerus", "elbow", "forearm", "wrist", "hand",
            "finger", "hip", "thigh", "femur", "knee", "leg", "tibia", "ankle", "foot", "toe", "limb", "extremity", "body", "trunk", "torso",
        }.Select(name => PhraseText.Tokens(name)[0]).ToArray());

    // The adjective and the noun of one part ("renal ultrasound", "ultrasound of kidneys"); the parts that a wider name takes in stand behind it.
    private static readonly FrozenDictionary<string, string[]> Same = Equal(
            ["kidney", "renal", "nephric"], ["heart", "cardiac"], ["liver", "hepatic"], ["lung", "pulmonary"], ["brain", "cerebral"], ["chest", "thorax", "thoracic"], ["abdomen", "abdominal"], ["pelvis", "pelvic"],
            ["spine", "spinal"], ["neck", "cervical"], ["stomach", "gastric"], ["skull", "cranial"], ["uterus", "uterine", "womb"], ["aorta", "aortic"], ["pancreas", "pancreatic"], ["ovary", "ovarian"],
            ["testis", "testicular", "testicle"], ["face", "facial"], ["eye", "ocular", "ophthalmic"], ["breast", "mammary"], ["skin", "cutaneous"], ["spleen", "splenic"], ["prostate", "prostatic"], ["colon", "colonic"],
            ["rectum", "rectal"], ["bone", "bony"], ["muscle", "muscular"], ["vein", "venous"], ["artery", "arterial"], ["oesophagus", "esophagus", "oesophageal", "esophageal"])
        .Append(KeyValuePair.Create("bowel", new[] { "intestine", "intestinal", "colon", "colonic", "sigmoid", "caecum", "cecum", "rectum", "ileum", "jejunum", "duodenum" }))
        .Select(pair => KeyValuePair.Create(PhraseText.Tokens(pair.Key)[0], pair.Value.Select(word => PhraseText.Tokens(word)[0]).ToArray()))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a reduced word is one.</summary>
    internal static bool IsOne(string word) => Names.Contains(word);

    /// <summary>Other reduced words for the part that a reduced word names.</summary>
    internal static IReadOnlyList<string> OthersFor(string word) => Same.GetValueOrDefault(word, []);

    /// <summary>Other words for the part that a word names, by their stems: "renal" for "kidneys"; those of the parts that it takes in, too. Empty for other words.</summary>
    public static IReadOnlyList<string> OtherWordsFor(string word) => PhraseText.Tokens(word) is [var stem] ? OthersFor(stem) : [];

    /// <summary>Whether one of the names of an entry says one.</summary>
    internal static bool IsNamedIn(string[][] names) => Array.Exists(names, name => Array.Exists(name, IsOne));

    private static IEnumerable<KeyValuePair<string, string[]>> Equal(params string[][] groups) =>
        groups.SelectMany(group => group.Select(word => KeyValuePair.Create(word, group.Where(other => other != word).ToArray())));
}
