using System.Collections.Frozen;

namespace MedGemma.Agents.Planning.Builtin.Reading.Times;

/// <summary>Verbs by which events are told: what begins, what ends, what is had or done.</summary>
internal static class EventVerbs
{
    private static readonly FrozenSet<string> s_beginning = Words(
        "start", "started", "starting", "starts", "begin", "began", "begun", "beginning", "initiated", "initiating", "initiation", "commenced", "commencing", "introduced", "introducing", "introduction", "added", "onset");

    private static readonly FrozenSet<string> s_ending = Words(
        "stop", "stopped", "stopping", "stops", "discontinued", "discontinuing", "discontinuation", "ended", "ending", "ceased", "ceasing", "finished", "finishing", "completed", "completing", "completion",
        "resolved", "resolving", "resolution", "healed", "quit", "quitting");

    private static readonly FrozenSet<string> s_doing = Words(
        "done", "placed", "given", "inserted", "removed", "made", "found", "performed", "administered", "taken", "detected", "identified", "confirmed", "dispensed", "happened", "occurred", "recorded", "measured", "checked", "drawn", "noted",
        "implanted", "fitted", "seen", "carried");

    private static readonly FrozenSet<string> s_having = Words(
        "had", "has", "have", "having", "got", "get", "getting", "received", "receiving", "underwent", "undergoing", "undergo", "undergone", "developed", "developing", "took", "taking", "put", "placing", "went", "going", "go", "gone", "moved", "transferred", "being", "be", "been",
        "was", "were", "is", "came", "coming");

    public static bool Begins(string word) => s_beginning.Contains(word);

    public static bool Ends(string word) => s_ending.Contains(word);

    public static bool Does(string word) => s_doing.Contains(word);

    /// <summary>Whether a word stands between who and what of an event: "she was put", "having".</summary>
    public static bool Has(string word) => s_having.Contains(word);

    private static FrozenSet<string> Words(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
