using System.CommandLine;
using MedGemma.Agents.Evaluation.RecordQuestions;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>The options that say which synthetic patients and questions the record suite makes.</summary>
internal sealed class RecordQaOptions
{
    private readonly Option<string> _split = new("--split")
    {
        Description = "training or validation (patients and wordings for development), or test (other patients, other wordings).",
        DefaultValueFactory = _ => "test",
    };

    private readonly Option<int> _patients = new("--patients") { Description = "Patients over all splits, 3 to 1000.", HelpName = "N", DefaultValueFactory = _ => new RecordQuestionOptions().Patients };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of patients and questions.", HelpName = "N", DefaultValueFactory = _ => new RecordQuestionOptions().Seed };

    public RecordQaOptions()
    {
        WordChoice.Demand(_split, ["training", "validation", "test"]);
        IntegerRange.Demand(_patients, 3, 1000);
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_split);
        command.Add(_patients);
        command.Add(_seed);
    }

    /// <summary>The split.</summary>
    public PatientSplit SplitOf(ParseResult parsed) => Enum.Parse<PatientSplit>(parsed.GetRequiredValue(_split), ignoreCase: true);

    /// <summary>What to generate.</summary>
    public RecordQuestionOptions Of(ParseResult parsed) => new() { Patients = parsed.GetValue(_patients), Seed = parsed.GetValue(_seed) };
}
