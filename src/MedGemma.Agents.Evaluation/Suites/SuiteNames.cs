namespace MedGemma.Agents.Evaluation.Suites;

/// <summary>Names of the suites on the command line and in run files.</summary>
public static class SuiteNames
{
    /// <summary>A file of questions with gold answers, FHIRPath-QA among them.</summary>
    public const string QuestionFile = "qa";

    /// <summary>Generated questions about synthetic patients, ten categories, in the manner of EHRQA.</summary>
    public const string RecordQa = "record-qa";

    /// <summary>Generated tasks about synthetic patients with conditional draft orders, in the manner of MedAgentBench.</summary>
    public const string AgentTasks = "agent-tasks";

    /// <summary>MedQA, USMLE, four options.</summary>
    public const string MedQa = "medqa";

    /// <summary>MedMCQA.</summary>
    public const string MedMcqa = "medmcqa";

    /// <summary>PubMedQA, expert-labelled.</summary>
    public const string PubMedQa = "pubmedqa";

    /// <summary>The six medical subjects of MMLU.</summary>
    public const string MmluMedical = "mmlu-medical";

    /// <summary>The multiple-choice questions of AfriMed-QA.</summary>
    public const string AfriMedQa = "afrimed-qa";

    /// <summary>The multiple-choice exams.</summary>
    public static IReadOnlyList<string> Exams { get; } = [MedQa, MedMcqa, PubMedQa, MmluMedical, AfriMedQa];
}
