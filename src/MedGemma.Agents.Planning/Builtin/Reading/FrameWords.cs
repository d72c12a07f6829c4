namespace MedGemma.Agents.Planning.Builtin.Reading;

/// <summary>Words that say something of a whole question, wherever they stand in it.</summary>
internal static class FrameWords
{
    /// <summary>Something began.</summary>
    public static readonly string[] Beginning = ["new", "newly", "started", "start", "begun", "began", "diagnosed", "onset", "developed", "initiated", "commenced"];

    /// <summary>The first is meant, not the beginning.</summary>
    public static readonly string[] First = ["first", "earliest", "initial", "initially", "oldest"];

    /// <summary>Something was put in.</summary>
    public static readonly string[] Placing = ["placed", "inserted", "put", "fitted", "had", "implanted", "were"];

    /// <summary>A test was made.</summary>
    public static readonly string[] Taking = ["taken", "sent", "done", "performed", "collected", "ordered", "culture", "cultures", "cultured", "checked"];

    /// <summary>Something was found.</summary>
    public static readonly string[] Detecting = ["found", "isolated", "detected", "identified", "grown", "grew", "grow"];

    /// <summary>The words that open an open question.</summary>
    public static readonly string[] Opening = ["which", "what", "when", "who", "where", "why", "how", "list", "show", "name", "give"];

    /// <summary>Whether there ever was something.</summary>
    public static readonly string[] Evidence = ["history", "evidence", "record", "documentation"];

    /// <summary>The time of a diagnosis is meant.</summary>
    public static readonly string[] Diagnosis = ["diagnosed", "diagnosis", "diagnose", "onset"];

    /// <summary>A diagnosis was made.</summary>
    public static readonly string[] Diagnosing = ["made", "found", "detected", "identified", "established", "discovered", "appeared", "arose", "come", "came", "presented"];

    /// <summary>Something was written down.</summary>
    public static readonly string[] Recording = ["recorded", "documented", "noted", "entered", "coded", "added", "logged", "registered", "charted"];

    /// <summary>The past is meant, so not the present alone.</summary>
    public static readonly string[] Formerly = ["was", "were", "been", "did", "ever", "had", "history", "past", "previous", "previously", "formerly", "received", "got", "gave", "took"];

    /// <summary>What was before is meant too.</summary>
    public static readonly string[] Former = ["history", "ever", "prior", "previous", "past"];
}
