using System.CommandLine;
using MedGemma.Agents.Evaluation.Suites.RunFiles;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>The options that say what is measured and how much of a suite is put to it.</summary>
internal sealed class SubjectOptions
{
    private readonly Option<string> _planner = new("--planner") { Description = "Planner to evaluate.", HelpName = "NAME", DefaultValueFactory = _ => "builtin" };
    private readonly Option<int?> _limit = new("--limit") { Description = "Most items, all categories as evenly as it goes.", HelpName = "N" };
    private readonly Option<bool> _audit = new("--audit") { Description = "Evaluate the evidence of every answer again on the raw resources; an answer whose evidence does not hold is wrong." };

    public SubjectOptions()
    {
        WordChoice.Demand(_planner, ["builtin"]);
        IntegerRange.Demand(_limit, 1, int.MaxValue);
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_planner);
        command.Add(_limit);
        command.Add(_audit);
    }

    /// <summary>Most items; null for all.</summary>
    public int? LimitOf(ParseResult parsed) => parsed.GetValue(_limit);

    /// <summary>Whether evidence is audited.</summary>
    public bool AuditOf(ParseResult parsed) => parsed.GetValue(_audit);

    /// <summary>What is measured.</summary>
    public RunSubject Of(ParseResult parsed) =>
        new(parsed.GetRequiredValue(_planner), null, new Dictionary<string, string>(), new Dictionary<string, string>());
}
