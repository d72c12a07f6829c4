using System.CommandLine;
using System.Globalization;
using MedGemma.Agents.Evaluation.AgentTasks.Generating;
using MedGemma.Agents.Evaluation.RecordQuestions;
using MedGemma.Agents.Evaluation.Synthesis;
using MedGemma.Agents.Evaluation.Synthesis.Adversarial;
using MedGemma.Agents.Evaluation.Synthesis.Output;
using MedGemma.Agents.Host.Commands.Suites;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma fixtures</c>: writes synthetic patients, and the security and invalid cases.</summary>
internal sealed class FixturesCommand
{
    private readonly Option<int> _patients = new("--patients") { Description = "Number of patients.", DefaultValueFactory = _ => 8 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed; the same seed gives the same bytes.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _resources = new("--resources") { Description = "Resources of each patient, 50 to 100000.", DefaultValueFactory = _ => 420 };
    private readonly Option<FixtureFormat> _format = new("--format") { Description = "bundle, ndjson or alternating.", DefaultValueFactory = _ => FixtureFormat.Ndjson };
    private readonly Option<string> _asOf = new("--as-of") { Description = "The day on which the questions are asked, yyyy-MM-dd.", DefaultValueFactory = _ => "2026-01-15" };
    private readonly Option<string> _out = new("--out") { Description = "Folder to write to.", Required = true };
    private readonly Option<string?> _expected = new("--expected") { Description = "Folder for questions.jsonl and traps.jsonl; neither is written without it." };

    private FixturesCommand()
    {
        _patients.Validators.Add(result => Check(result, _patients, 1, 1_000_000));
        _resources.Validators.Add(result => Check(result, _resources, SynthesisOptions.FewestResources, SynthesisOptions.MostResources));
        _asOf.Validators.Add(result =>
        {
            if (!DateOnly.TryParseExact(result.GetValueOrDefault<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                result.AddError("--as-of must be a day such as 2026-01-15.");
        });
    }

    /// <summary>The command with its subcommands.</summary>
    public static Command Create()
    {
        var options = new FixturesCommand();
        var generate = new Command("generate", "Write synthetic patients with known answers.")
        {
            options._patients, options._seed, options._resources, options._format, options._asOf, options._out, options._expected,
        };
        generate.SetAction(options.Generate);
        var adversarial = new Command("adversarial", "Write the security/ and invalid/ cases.") { options._out };
        adversarial.SetAction(result => Write(() =>
        {
            AdversarialFixtures.Write(result.GetRequiredValue(options._out));
            result.InvocationConfiguration.Output.WriteLine($"security/ and invalid/ written to {result.GetRequiredValue(options._out)}");
        }));
        return new Command("fixtures", "Synthetic records for tests and benchmarks.") { generate, adversarial, RecordQa(options._out), AgentTasks(options._out) };
    }

    private static Command RecordQa(Option<string> folder)
    {
        var options = new RecordQaOptions();
        var command = new Command("record-qa", "Write the patients and questions of one split of the record suite, for fine-tuning and for choosing among candidates.") { folder };
        options.AddTo(command);
        command.SetAction((result, cancellationToken) => Task.FromResult(Write(() =>
        {
            var (patients, questions) = RecordQuestionFiles.Write(result.GetRequiredValue(folder), options.SplitOf(result), options.Of(result), cancellationToken);
            result.InvocationConfiguration.Output.WriteLine($"{patients} patients and {questions} questions written to {result.GetRequiredValue(folder)}");
        })));
        return command;
    }

    private static Command AgentTasks(Option<string> folder)
    {
        var options = new AgentTasksOptions();
        var command = new Command("agent-tasks", "Write the patients and tasks of the agent suite.") { folder };
        options.AddTo(command);
        command.SetAction((result, cancellationToken) => Task.FromResult(Write(() =>
        {
            var tasks = AgentTaskFiles.Write(result.GetRequiredValue(folder), options.Of(result), cancellationToken);
            result.InvocationConfiguration.Output.WriteLine($"{tasks} tasks written to {result.GetRequiredValue(folder)}");
        })));
        return command;
    }

    private static void Check(System.CommandLine.Parsing.OptionResult result, Option<int> option, int least, int most)
    {
        if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            result.AddError($"{option.Name} must be from {least} to {most}.");
    }

    private static int Write(Action write)
    {
        try
        {
            write();
            return ExitCode.Done;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new CommandRefusedException(unwritable.Message);
        }
    }

    private Task<int> Generate(ParseResult result, CancellationToken cancellationToken)
    {
        var options = new SynthesisOptions
        {
            Patients = result.GetValue(_patients),
            Seed = result.GetValue(_seed),
            TargetResources = result.GetValue(_resources),
            AsOf = DateOnly.ParseExact(result.GetRequiredValue(_asOf), "yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        var writer = new FixtureWriter(options, result.GetValue(_format));
        return Task.FromResult(Write(() =>
        {
            writer.Write(result.GetRequiredValue(_out), result.GetValue(_expected), static _ => { }, cancellationToken);
            result.InvocationConfiguration.Output.WriteLine($"{options.Patients} patients of {options.TargetResources} resources written to {result.GetRequiredValue(_out)}");
        }));
    }
}
