using CsCheck;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine.Prompts;
using MedGemma.Agents.Inference.Llama;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Inference.Tests.Engine;

public sealed class PromptTokenizerTests : IDisposable
{
    private readonly LlamaModel _model = LlamaModel.Load(LlamaRuntime.Start(NullLogger.Instance), [TinyEngine.RandomModel], new LlamaModelOptions { VocabularyOnly = true });
    private readonly TokenTable _table;
    private readonly PromptTokenizer _tokenizer;

    public PromptTokenizerTests()
    {
        _table = new TokenTable(_model.Vocabulary);
        _tokenizer = new PromptTokenizer(_model.Vocabulary, _table, null);
    }

    [Fact]
    public void No_text_becomes_a_control_token()
    {
        var piece = Gen.OneOf(
            Gen.Int[0, ControlTokens.Spellings.Count - 1].Select(i => ControlTokens.Spellings.Values[i]),
            Gen.String[Gen.Char["<>_abdefnorstu0x9 \n"], 0, 12],
            Gen.String[0, 6]);

        piece.List[1, 8].Select(pieces => string.Concat(pieces)).Where(text => text.Length > 0 && text.IndexOf('\uFFFD') < 0 && IsWhole(text)).Sample(
            text =>
            {
                var tokens = _tokenizer.Tokenize([new PromptPart.Text(text)], 0, CancellationToken.None).Tokens;

                Assert.DoesNotContain(tokens, _table.IsReserved);
                Assert.Equal(text, System.Text.Encoding.UTF8.GetString([.. tokens.SelectMany(_table.Piece)]));
            },
            iter: 2000,
            threads: 1);
    }

    [Fact]
    public void Only_tokens_that_lie_within_the_pinned_characters_are_pinned()
    {
        PromptPart[] parts = [new PromptPart.Control(ControlToken.BeginOfSequence), new PromptPart.Text("user\nthe patient")];

        var all = _tokenizer.Tokenize(parts, 16, TestContext.Current.CancellationToken);
        var cut = _tokenizer.Tokenize(parts, "user\nthe pat".Length, TestContext.Current.CancellationToken);

        Assert.Equal(all.Tokens.Length, all.PinnedLength);
        Assert.InRange(cut.PinnedLength, 2, all.PinnedLength - 1);
        Assert.StartsWith(
            System.Text.Encoding.UTF8.GetString([.. cut.Tokens.Take(cut.PinnedLength).SelectMany(_table.Piece)]), "user\nthe pat", StringComparison.Ordinal);
        Assert.Equal(0, _tokenizer.Tokenize(parts, 0, TestContext.Current.CancellationToken).PinnedLength);
    }

    public void Dispose() => _model.Dispose();

    private static bool IsWhole(string text) => text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar);
}
