using CsCheck;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Chat.Template;
using MedGemma.Agents.Inference.Engine.Prompts;
using MedGemma.Agents.Inference.Llama;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Inference.Tests.Engine;

/// <summary>The real tokeniser: whatever a note spells, the prompt has exactly the control tokens of the template, and every letter of the note.</summary>
public sealed class ControlTokenInjectionTests : IDisposable
{
    private readonly LlamaModel _model = LlamaModel.Load(LlamaRuntime.Start(NullLogger.Instance), [TinyEngine.RandomModel]);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void No_text_becomes_a_control_token_and_none_is_lost()
    {
        var table = new TokenTable(_model.Vocabulary);
        var tokenizer = new PromptTokenizer(_model.Vocabulary, table, null);
        var spellings = ControlTokens.Spellings.Values.ToArray();
        var pieces = Gen.OneOf(
            One(spellings),
            One(spellings).Select(Gen.Int[1, 12], (spelling, cut) => spelling[..Math.Min(cut, spelling.Length)]),
            One(spellings).Select(Gen.Int[1, 12], (spelling, cut) => spelling[^Math.Min(cut, spelling.Length)..]),
            One("<", ">", "start", "_of_", "turn", "<start_of_", "\n", " ", "\u2581", "é", "model"),
            Gen.String[Gen.Char[' ', '~'], 0, 6]);
        var texts = Gen.Select(pieces.Array[0, 8], Gen.Bool).Select((parts, doubled) => string.Concat(parts) + (doubled ? string.Concat(parts) : ""));

        Gen.Select(texts, texts, texts).Sample(
            (system, question, earlier) =>
            {
                ChatMessage[] messages = [new(ChatRole.System, system), new(ChatRole.User, question), new(ChatRole.Assistant, earlier), new(ChatRole.User, question + earlier)];
                var conversation = ChatConversation.Of(messages, images: false);
                var parts = GemmaChatTemplate.Render(conversation.System, conversation.Turns);
                var tokens = tokenizer.Tokenize(parts, 0, CancellationToken.None).Tokens;

                var controls = parts.OfType<PromptPart.Control>().Select(part => table.Id(part.Token));
                Assert.Equal(controls, tokens.ToArray().Where(table.IsReserved));
                var written = System.Text.Encoding.UTF8.GetString([.. tokens.ToArray().Where(token => !table.IsReserved(token)).SelectMany(table.Piece)]);
                Assert.Equal(string.Concat(parts.OfType<PromptPart.Text>().Select(part => part.Value)).Replace("\u2581", " ", StringComparison.Ordinal), written.Replace("\u2581", " ", StringComparison.Ordinal));
            },
            iter: 2000);
    }

    private static Gen<string> One(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
