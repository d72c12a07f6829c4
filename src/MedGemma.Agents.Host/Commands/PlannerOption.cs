using System.CommandLine;
using MedGemma.Agents.Host.Commands.Suites;
using MedGemma.Agents.Host.Composition.Agents;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>--planner</c>: which planners answer.</summary>
internal static class PlannerOption
{
    /// <summary>Creates the option.</summary>
    public static Option<string?> Create()
    {
        var option = new Option<string?>("--planner") { Description = "builtin, model, builtin-then-model or both. [default: as configured]", HelpName = "MODE" };
        WordChoice.Demand(option, ["builtin", "model", "builtin-then-model", "both"]);
        return option;
    }

    /// <summary>The settings of a run with a choice; no choice leaves what is configured.</summary>
    /// <param name="mode">The choice, or null.</param>
    /// <param name="others">Other settings of the run.</param>
    public static IReadOnlyDictionary<string, string?> Settings(string? mode, IReadOnlyDictionary<string, string?>? others = null)
    {
        var settings = new Dictionary<string, string?>(others ?? new Dictionary<string, string?>());
        if (mode is not null)
            settings[$"{PlannerOptions.Section}:{nameof(PlannerOptions.Mode)}"] = mode;
        return settings;
    }
}
