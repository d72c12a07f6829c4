namespace MedGemma.Agents.Host.Commands;

/// <summary>
/// Lets the question stand last, as people put it: <c>ask --complete all "Any potassium?"</c>. Options that take several values would otherwise take
/// the question for one more of them.
/// </summary>
internal static class QuestionPlacement
{
    private static readonly HashSet<string> s_manyValued = new(StringComparer.Ordinal) { "--data", "--complete" };

    /// <summary>The arguments with a question that stands last put straight after the verb.</summary>
    public static string[] QuestionFirst(string[] args)
    {
        if (args is not ["ask", var next, _, ..] || !next.StartsWith('-') || args[^1].StartsWith('-'))
            return args;

        var owner = Array.FindLastIndex(args, args.Length - 2, arg => arg.StartsWith("--", StringComparison.Ordinal));
        return owner > 0 && s_manyValued.Contains(args[owner]) && args.Length - 1 - owner > 1
            ? ["ask", args[^1], .. args[1..^1]]
            : args;
    }
}
