using System.CommandLine;
using MedGemma.Agents.Evaluation.QuestionAnswering;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>The options that say which questions are put and what is right.</summary>
internal sealed class QaOptions
{
    // What is set for this run counts as for every other command; the machine's own zone does not, so that a run is the same everywhere.
    private const string ZoneVariable = "MEDGEMMA_MedGemma__Zone";

    private readonly Option<string> _questions = new("--questions") { Description = "Questions, one JSON object a line.", HelpName = "FILE.jsonl", Required = true };

    private readonly Option<string> _conventions = new("--conventions")
    {
        Description = "Readings of the data set where English leaves them open.",
        DefaultValueFactory = _ => "fhirpath-qa",
    };

    private readonly Option<string> _zone = new("--zone")
    {
        Description = $"IANA name of the zone in which days, months and years are whole. Without it that of {ZoneVariable}, else UTC.",
        HelpName = "ZONE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(ZoneVariable) is { Length: > 0 } zone ? zone : "UTC",
    };

    private readonly Option<string[]> _alternatives = new("--alternatives")
    {
        Description = "Templates whose gold lists several identifiers of one thing, any of which is right; without a name none. "
            + $"[default: {string.Join(' ', EvaluationOptions.DefaultAlternativeTemplates)}]",
        HelpName = "TEMPLATE",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    public QaOptions() => WordChoice.Demand(_conventions, ["clinical", "fhirpath-qa"]);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_questions);
        command.Add(_conventions);
        command.Add(_zone);
        command.Add(_alternatives);
    }

    /// <summary>The file of questions.</summary>
    public string QuestionsOf(ParseResult parsed) => parsed.GetRequiredValue(_questions);

    /// <summary>The templates with alternatives; null for the default ones.</summary>
    public IReadOnlyCollection<string>? AlternativesOf(ParseResult parsed) => parsed.GetResult(_alternatives) is null ? null : parsed.GetValue(_alternatives) ?? [];

    /// <summary>Settings of the services.</summary>
    public Dictionary<string, string?> SettingsOf(ParseResult parsed) => new()
    {
        ["MedGemma:Conventions"] = parsed.GetRequiredValue(_conventions),
        ["MedGemma:Zone"] = parsed.GetRequiredValue(_zone),
    };

    /// <summary>What a run file says of them.</summary>
    public SortedDictionary<string, string> ConditionsOf(ParseResult parsed) => new(StringComparer.Ordinal)
    {
        ["conventions"] = parsed.GetRequiredValue(_conventions),
        ["zone"] = parsed.GetRequiredValue(_zone),
    };

    /// <summary>Found out before the questions are put, in words of the command line.</summary>
    public void DemandUsable(ParseResult parsed)
    {
        var questions = QuestionsOf(parsed);
        if (Directory.Exists(questions))
            throw new CommandRefusedException($"--questions: {questions} is a folder, not a file");
        if (!File.Exists(questions))
            throw new CommandRefusedException($"--questions: {questions} does not exist");
    }
}
