using System.ComponentModel.DataAnnotations;
using MedGemma.Agents.Planning.Planners;
using MedGemma.Agents.Planning.Prompts;

namespace MedGemma.Agents.Host.Composition.Agents;

/// <summary>Which planners answer and where agents are; section <c>MedGemma:Planner</c>.</summary>
internal sealed class PlannerOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "MedGemma:Planner";

    /// <summary>Which planners answer.</summary>
    /// <value><c>builtin</c> (default), <c>model</c>, <c>builtin-then-model</c> or <c>both</c>.</value>
    [RegularExpression("builtin|model|builtin-then-model|both", ErrorMessage = "MedGemma:Planner:Mode must be 'builtin', 'model', 'builtin-then-model' or 'both'")]
    public string Mode { get; set; } = "builtin";

    /// <summary>Folder with the site's own agents; one of the same name replaces a built-in one whole.</summary>
    /// <value>Default: /etc/medgemma/agents. It need not exist.</value>
    [MinLength(1)]
    public string AgentFolder { get; set; } = "/etc/medgemma/agents";

    /// <summary>How much of a record its overview may say to a model.</summary>
    /// <value>See <see cref="RecordOverviewOptions"/>.</value>
    public RecordOverviewOptions Overview { get; set; } = new();

    /// <summary>Where embeddings of notes are made.</summary>
    /// <value>See <see cref="EmbeddingOptions"/>.</value>
    public EmbeddingOptions Embeddings { get; set; } = new();

    /// <summary>The mode.</summary>
    public PlannerMode GetMode() => Mode switch
    {
        "model" => PlannerMode.Model,
        "builtin-then-model" => PlannerMode.BuiltinThenModel,
        "both" => PlannerMode.Both,
        _ => PlannerMode.Builtin,
    };
}
