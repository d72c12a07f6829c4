using System.Collections.Frozen;

namespace MedGemma.Agents.Planning.Notes.Retrieval;

/// <summary>Tells the headings of clinical notes from their text and puts them to the closed vocabulary of <see cref="NoteSection"/>.</summary>
internal static class NoteHeadings
{
    private const int LongestHeading = 60;

    private static readonly FrozenDictionary<string, NoteSection> s_sections = new (NoteSection Section, string[] Names)[]
    {
        (NoteSection.ChiefComplaint, ["chief complaint", "chief complaints", "cc", "reason for visit", "reason for consultation", "reason for admission", "presenting complaint"]),
        (NoteSection.PresentIllness, ["history of present illness", "hpi", "history of the present illness", "present illness", "interval history", "subjective", "interval events", "history"]),
        (NoteSection.PastHistory, ["past medical history", "pmh", "medical history", "past history", "past surgical history", "psh", "problem list", "problems", "past medical and surgical history"]),
        (NoteSection.Medications, ["medications", "medication", "current medications", "home medications", "medications on admission", "admission medications", "meds", "medication list"]),
        (NoteSection.DischargeMedications, ["discharge medications", "medications on discharge", "medications at discharge"]),
        (NoteSection.Allergies, ["allergies", "allergy", "allergies and intolerances", "adverse reactions"]),
        (NoteSection.FamilyHistory, ["family history", "fh", "fhx", "family medical history"]),
        (NoteSection.SocialHistory, ["social history", "sh", "shx", "habits"]),
        (NoteSection.ReviewOfSystems, ["review of systems", "ros"]),
        (NoteSection.Examination, ["physical exam", "physical examination", "exam", "examination", "objective", "vital signs", "vitals", "discharge exam", "admission exam"]),
        (NoteSection.Results, ["results", "pertinent results", "laboratory", "laboratory data", "labs", "lab results", "laboratory results", "data", "studies", "imaging", "microbiology", "ecg", "ekg"]),
        (NoteSection.Impression, ["impression", "findings", "conclusion", "interpretation", "comparison", "technique"]),
        (NoteSection.Procedures, ["procedures", "procedure", "major surgical or invasive procedure", "operations", "operative findings"]),
        (NoteSection.HospitalCourse, ["hospital course", "brief hospital course", "course", "clinical course"]),
        (NoteSection.Assessment, ["assessment", "assessment and plan", "assessment/plan", "a/p", "a&p", "diagnosis", "diagnoses", "discharge diagnosis", "discharge diagnoses", "final diagnosis"]),
        (NoteSection.Plan, ["plan", "recommendations", "recommendation", "follow-up", "follow up", "followup", "discharge instructions", "instructions", "disposition", "plan of care", "followup instructions"]),
    }.SelectMany(row => row.Names.Select(name => KeyValuePair.Create(name, row.Section))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The section that a line begins, and how much of the line is the heading.</summary>
    /// <param name="line">One line without its end.</param>
    /// <param name="section">The section.</param>
    /// <returns>False when the line is text.</returns>
    public static bool TryRead(ReadOnlySpan<char> line, out NoteSection section)
    {
        section = NoteSection.Other;
        var text = line.Trim();
        var marked = text.StartsWith("#") || text.StartsWith("**") || text.StartsWith("==");
        text = text.Trim("#*=_ \t");
        var colon = text.IndexOf(':');
        var head = (colon < 0 ? text : text[..colon]).Trim("#*=_ \t");
        if (head.IsEmpty || head.Length > LongestHeading)
            return false;

        if (s_sections.TryGetValue(head.ToString().ToLowerInvariant(), out section))
            return marked || colon >= 0 || head.Length == text.Length;

        // An unknown heading ends the section before it, when the line is clearly one.
        var standsAlone = colon < 0 || colon == text.Length - 1;
        return standsAlone && (marked || (IsUpper(head) && head.Length > 3) || (colon > 0 && char.IsUpper(head[0]) && !head.ContainsAny('.', ',', ';')));
    }

    private static bool IsUpper(ReadOnlySpan<char> text)
    {
        var letters = 0;
        foreach (var c in text)
        {
            if (char.IsLower(c) || c is '.' or ',' or ';')
                return false;
            letters += char.IsUpper(c) ? 1 : 0;
        }

        return letters > 3;
    }
}
