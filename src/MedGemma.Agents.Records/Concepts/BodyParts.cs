using System.Collections.Frozen;

namespace MedGemma.Agents.Records.Concepts;

/// <summary>The parts of the body that names of images and operations say.</summary>
internal static class BodyParts
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

    /// <summary>Whether a reduced word is one.</summary>
    public static bool IsOne(string word) => Names.Contains(word);

    /// <summary>Whether one of the names of an entry says one.</summary>
    public static bool IsNamedIn(string[][] names) => Array.Exists(names, name => Array.Exists(name, IsOne));
}
