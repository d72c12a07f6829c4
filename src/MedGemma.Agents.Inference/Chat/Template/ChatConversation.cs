using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Chat.Tools;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Chat.Template;

/// <summary>
/// Makes alternating turns of chat messages: system messages at the start become the system text, messages of one side in a row one turn, tool results the
/// user's side. Thoughts of earlier answers are left out, as the model was trained.
/// </summary>
internal sealed class ChatConversation
{
    private const string Parameter = "messages";

    private readonly List<string> _system = [];
    private readonly List<(bool IsModel, List<PromptPart> Items)> _turns = [];
    private readonly Dictionary<string, string> _calls = new(StringComparer.Ordinal);
    private readonly bool _images;

    private ChatConversation(bool images) => _images = images;

    /// <summary>The system messages, a blank line between them.</summary>
    public string System => string.Join("\n\n", _system);

    /// <summary>How many system messages there are; they stand before all others.</summary>
    public int SystemMessages => _system.Count;

    public IReadOnlyList<ChatTurn> Turns => [.. _turns.Select(turn => new ChatTurn(turn.IsModel, turn.Items))];

    /// <summary>Reads messages.</summary>
    /// <param name="messages">The messages, oldest first.</param>
    /// <param name="images">Whether the model sees images.</param>
    /// <exception cref="RequestRefusedException">The messages make no conversation that the model knows.</exception>
    public static ChatConversation Of(IEnumerable<ChatMessage> messages, bool images)
    {
        var made = new ChatConversation(images);
        foreach (var message in messages)
            made.Add(message);

        if (made._turns is [])
            throw Refused("There is no user message.");
        if (made._turns[0].IsModel)
            throw Refused("The first message after the system messages must be a user's.");
        if (made._turns[^1].IsModel)
            throw Refused("The last message must be a user's or a tool's.");

        return made;
    }

    private void Add(ChatMessage message)
    {
        if (message.Role == ChatRole.System)
        {
            if (_turns.Count > 0)
                throw Refused("A system message may only stand at the start.");
            if (message.Contents.Any(content => content is not TextContent))
                throw Refused("A system message may hold text only.");

            _system.Add(message.Text);
        }
        else if (message.Role == ChatRole.User)
        {
            Join(false, message.Contents.Select(UserItem));
        }
        else if (message.Role == ChatRole.Assistant)
        {
            Join(true, ModelItems(message.Contents));
        }
        else if (message.Role == ChatRole.Tool)
        {
            Join(false, message.Contents.Select(ToolItem));
        }
        else
        {
            throw Refused("Roles are system, user, assistant and tool.");
        }
    }

    private void Join(bool isModel, IEnumerable<PromptPart> items)
    {
        if (_turns is not [.., var last] || last.IsModel != isModel)
        {
            last = (isModel, []);
            _turns.Add(last);
        }
        else if (last.Items is [.., PromptPart.Text(var before)])
        {
            last.Items[^1] = new PromptPart.Text(before + "\n\n");
        }

        foreach (var item in items)
        {
            // The pieces of one message are one text: only around it is white space of no meaning.
            if (item is PromptPart.Text(var text) && last.Items is [.., PromptPart.Text(var start)])
                last.Items[^1] = new PromptPart.Text(start + text);
            else
                last.Items.Add(item);
        }
    }

    private PromptPart UserItem(AIContent content) => content switch
    {
        TextContent text => new PromptPart.Text(text.Text),
        DataContent image when image.HasTopLevelMediaType("image") && _images => new PromptPart.Image(image.Data, image.MediaType),
        DataContent image when image.HasTopLevelMediaType("image") => throw Refused("This model sees no images."),
        UriContent => throw Refused("Images must be sent as data; addresses are not followed."),
        _ => throw Refused($"A user message may hold text and images, not {content.GetType().Name}."),
    };

    private List<PromptPart> ModelItems(IList<AIContent> contents)
    {
        var items = new List<PromptPart>();
        foreach (var content in contents)
        {
            switch (content)
            {
                case TextContent text:
                    items.Add(new PromptPart.Text(text.Text));
                    break;
                case FunctionCallContent call:
                    _calls[call.CallId] = call.Name;
                    items.Add(new PromptPart.Text(ToolCallJson.Write(call)));
                    break;
                case TextReasoningContent or UsageContent:
                    break;
                default:
                    throw Refused($"An assistant message may hold text and tool calls, not {content.GetType().Name}.");
            }
        }

        return items;
    }

    private PromptPart.Text ToolItem(AIContent content)
    {
        if (content is not FunctionResultContent result)
            throw Refused($"A tool message may hold results, not {content.GetType().Name}.");
        if (!_calls.TryGetValue(result.CallId, out var name))
            throw Refused("A tool message answers a call that was not made.");

        return new PromptPart.Text(ToolCallJson.WriteResult(name, result) + "\n");
    }

    private static RequestRefusedException Refused(string reason) => new(Parameter, reason);
}
