namespace MedGemma.Agents.Planning.Agents;

/// <summary>The agents that the program itself calls.</summary>
public static class AgentNames
{
    /// <summary>Plans what to ask of the record.</summary>
    public const string ChartPlanner = "chart-planner";

    /// <summary>Writes claims of what was found.</summary>
    public const string AnswerWriter = "answer-writer";

    /// <summary>Reads a note, without tools.</summary>
    public const string NoteExtractor = "note-extractor";

    /// <summary>Those without which the program does not start.</summary>
    public static IReadOnlyList<string> Needed { get; } = [ChartPlanner, AnswerWriter, NoteExtractor];
}
