using System.CommandLine;
using System.Globalization;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Host.Inference;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma models bench</c>: tokens a second of a model file on this machine, in this process.</summary>
internal sealed class ModelsBenchCommand
{
    private const int Rounds = 3;

    private readonly ModelChoice _model = new();
    private readonly Option<int> _prompt = new("--prompt") { Description = "Words of each prompt, about as many tokens.", HelpName = "N", DefaultValueFactory = _ => 256 };
    private readonly Option<int> _output = new("--output") { Description = "Most tokens of each answer.", HelpName = "N", DefaultValueFactory = _ => 64 };

    private ModelsBenchCommand()
    {
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var bench = new ModelsBenchCommand();
        var command = new Command("bench", "Measures how fast a model file runs on this machine.") { bench._prompt, bench._output };
        bench._model.AddTo(command);
        command.SetAction(bench.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = _model.Settings(parsed, CommandServices.ReadConfiguration());
        var output = parsed.InvocationConfiguration.Output;
        await using var loaded = await ModelLoader.LoadAsync(settings, NullLoggerFactory.Instance).ConfigureAwait(false);
        try
        {
            await output.WriteLineAsync($"{settings.Path} on {settings.Devices}; tokens a second, the median of {Rounds} rounds").ConfigureAwait(false);
            foreach (var sequences in new[] { 1, settings.Slots }.Distinct())
            {
                var rounds = new List<(double Prefill, double Decode)>();
                for (var round = 0; round <= Rounds; round++)
                {
                    var measured = await MeasureAsync(loaded.Generator, sequences, parsed.GetValue(_prompt), parsed.GetValue(_output), cancellationToken).ConfigureAwait(false);

                    // The first round warms up.
                    if (round > 0)
                        rounds.Add(measured);
                }

                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{sequences,3} at once: prefill {Median(rounds.Select(round => round.Prefill)):N0}, decode {Median(rounds.Select(round => round.Decode)):N1}")).ConfigureAwait(false);
            }

            return ExitCode.Done;
        }
        catch (InferenceException failed)
        {
            throw new CommandRefusedException($"models bench: {failed.Message}");
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    /// <summary>Prefill: all prompts' tokens by the time to the last first token. Decode: the tokens after it, of all sequences, by the time after it.</summary>
    private static async Task<(double Prefill, double Decode)> MeasureAsync(ITextGenerator generator, int sequences, int words, int most, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var written = new System.Collections.Concurrent.ConcurrentBag<long>();
        var prompts = await Task.WhenAll(Enumerable.Range(0, sequences).Select(i => Task.Run(() => RunAsync(i), cancellationToken))).ConfigureAwait(false);
        var end = time.GetTimestamp();
        var firsts = prompts.Max(prompt => prompt.First);
        var later = written.Count(stamp => stamp > firsts);
        return (prompts.Sum(prompt => prompt.Tokens) / time.GetElapsedTime(start, firsts).TotalSeconds, later / time.GetElapsedTime(firsts, end).TotalSeconds);

        async Task<(int Tokens, long First)> RunAsync(int number)
        {
            var (tokens, first) = (0, 0L);
            var text = string.Join(' ', Enumerable.Range(0, words).Select(i => (i * 7919 + number * 104_729) % 9973));
            var request = new GenerationRequest(
            [
                new PromptPart.Control(ControlToken.BeginOfSequence), new PromptPart.Control(ControlToken.StartOfTurn), new PromptPart.Text("user\n" + text),
                new PromptPart.Control(ControlToken.EndOfTurn), new PromptPart.Text("\n"), new PromptPart.Control(ControlToken.StartOfTurn), new PromptPart.Text("model\n"),
            ])
            { MaxTokens = most };
            await foreach (var step in generator.GenerateAsync(request, cancellationToken).ConfigureAwait(false))
            {
                if (step is GenerationEvent.Started started)
                    tokens = started.PromptTokens;
                if (step is not GenerationEvent.Token)
                    continue;

                var now = time.GetTimestamp();
                first = first == 0 ? now : first;
                written.Add(now);
            }

            return (tokens, first);
        }
    }
}
