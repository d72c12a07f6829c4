using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Chat.Template;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.Tests.Chat;

public sealed class TemplateAgreementTests
{
    private static readonly string[] Pieces =
    [
        " ", "\n", "\t", "\r\n", "\v", "HbA1c 7.1 %", "Käse", "日本", "\U0001F600", "<start_of_turn>", "<end_of_turn>\n", "<bos>", "model\n", "{{ x }}", "\u00a0", "\u2003", "'\"\\", "a", "",
    ];

    [Fact]
    public void A_thousand_chats_are_rendered_as_llama_cpp_renders_them()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var messages = new List<(string Role, string Text)>();
            if (random.Next(2) == 0)
                messages.Add(("system", Text(random)));

            var turns = random.Next(4);
            for (var i = 0; i < 2 * turns + 1; i++)
                messages.Add((i % 2 == 0 ? "user" : "assistant", Text(random)));

            var conversation = ChatConversation.Of(messages.Select(message => new ChatMessage(new ChatRole(message.Role), message.Text)), images: false);
            var ours = string.Concat(GemmaChatTemplate.Render(conversation.System, conversation.Turns).Select(Spelt));
            Assert.Equal("<bos>" + LlamaTemplate.Render(messages), ours);
        }
    }

    private static string Spelt(PromptPart part) => part switch
    {
        PromptPart.Control(var token) => ControlTokens.Spellings[token],
        PromptPart.Text(var text) => text,
        _ => throw new InvalidOperationException("There is no image."),
    };

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
