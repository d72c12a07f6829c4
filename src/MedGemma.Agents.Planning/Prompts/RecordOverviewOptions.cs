using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Planning.Prompts;

/// <summary>How much of a record its overview may say; section <c>MedGemma:Planner:Overview</c>.</summary>
public sealed class RecordOverviewOptions
{
    /// <summary>Most characters of the overview; a token of a medical text is three to four.</summary>
    /// <value>Default: 9000. 1500, which the names and numbers of all kinds take, to 200000.</value>
    [Range(1500, 200_000, ErrorMessage = "MedGemma:Planner:Overview:MostCharacters must be from 1500 to 200000")]
    public int MostCharacters { get; set; } = 9000;

    /// <summary>Most concepts named of one kind, the most frequent first.</summary>
    /// <value>Default: 60. 1 to 1000.</value>
    [Range(1, 1000, ErrorMessage = "MedGemma:Planner:Overview:MostConcepts must be from 1 to 1000")]
    public int MostConcepts { get; set; } = 60;
}
