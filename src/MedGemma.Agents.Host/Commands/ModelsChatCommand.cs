using System.CommandLine;
using MedGemma.Agents.Host.Composition;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Deployment;
using MedGemma.Agents.Inference.Telemetry;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Host.Commands;

/// <summary><c>medgemma models chat</c>: talks with a model the way the product does, in a process of its own; once, or line by line.</summary>
internal sealed class ModelsChatCommand
{
    private readonly ModelChoice _model = new();
    private readonly Argument<string?> _text = new("text") { Description = "What to say. Default: each line of standard input, in one conversation.", DefaultValueFactory = _ => null };
    private readonly Option<string?> _system = new("--system") { Description = "System text.", HelpName = "TEXT" };
    private readonly Option<int?> _most = new("--max-tokens") { Description = "Most tokens of an answer. Default: what the context leaves.", HelpName = "N" };
    private readonly Option<bool> _think = new("--think") { Description = "Let the model think first, and show it." };

    private ModelsChatCommand()
    {
    }

    /// <summary>Creates the verb.</summary>
    public static Command Create()
    {
        var chat = new ModelsChatCommand();
        var command = new Command("chat", "Talks with a model.") { chat._text, chat._system, chat._most, chat._think };
        chat._model.AddTo(command);
        command.SetAction(chat.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (key, models) = _model.Models(parsed, CommandServices.ReadConfiguration());
        await using var services = new ServiceCollection().AddLogging(logs => logs.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Error)).AddMetrics().BuildServiceProvider();
        await using var pools = new ModelPools(models, InferenceProgram.Launch, new PoolMetrics(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()), TimeProvider.System, services.GetRequiredService<ILoggerFactory>());
        var options = new ChatOptions
        {
            Instructions = parsed.GetValue(_system),
            MaxOutputTokens = parsed.GetValue(_most),
            Reasoning = parsed.GetValue(_think) ? new ReasoningOptions { Effort = ReasoningEffort.Medium } : null,
        };
        var output = parsed.InvocationConfiguration.Output;
        try
        {
            var said = new List<ChatMessage>();
            if (parsed.GetValue(_text) is { } text)
                await AnswerAsync(pools.Client(key), said, text, options, output, cancellationToken).ConfigureAwait(false);
            else
                await TalkAsync(pools.Client(key), said, options, output, cancellationToken).ConfigureAwait(false);

            return ExitCode.Done;
        }
        catch (InferenceException failed)
        {
            throw new CommandRefusedException(failed.Message);
        }
    }

    private static async Task TalkAsync(IChatClient client, List<ChatMessage> said, ChatOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        while (await Console.In.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                await AnswerAsync(client, said, line, options, output, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task AnswerAsync(IChatClient client, List<ChatMessage> said, string text, ChatOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        said.Add(new ChatMessage(ChatRole.User, text));
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync(said, options, cancellationToken).ConfigureAwait(false))
        {
            updates.Add(update);
            foreach (var content in update.Contents)
            {
                if ((content as TextContent)?.Text is { } words)
                    await output.WriteAsync(words).ConfigureAwait(false);
                else if (content is TextReasoningContent thought)
                    await output.WriteAsync(thought.Text).ConfigureAwait(false);
            }

            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        await output.WriteLineAsync().ConfigureAwait(false);
        said.AddRange(updates.ToChatResponse().Messages);
    }
}
