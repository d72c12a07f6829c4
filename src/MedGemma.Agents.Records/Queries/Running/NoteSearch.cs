namespace MedGemma.Agents.Records.Queries.Running;

/// <summary>Looks for words in free text, case and white space aside.</summary>
internal static class NoteSearch
{
    public static bool Contains(string text, string words)
    {
        var wanted = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return wanted.Length > 0 && string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Contains(string.Join(' ', wanted), StringComparison.OrdinalIgnoreCase);
    }
}
