using System.Text;
using MedGemma.Agents.Inference.Chat.Generation;

namespace MedGemma.Agents.Inference.Tests.Engine;

/// <summary>Everything that came of one generation.</summary>
internal sealed record Generated(GenerationEvent.Started? Started, IReadOnlyList<GenerationEvent.Token> Tokens, GenerationEnd? End)
{
    public IReadOnlyList<int> Ids => [.. Tokens.Select(token => token.Id)];

    public string Text => Encoding.UTF8.GetString([.. Tokens.SelectMany(token => token.Utf8.ToArray())]);

    public static async Task<Generated> OfAsync(ITextGenerator generator, GenerationRequest request, CancellationToken cancellationToken = default)
    {
        GenerationEvent.Started? started = null;
        GenerationEnd? end = null;
        var tokens = new List<GenerationEvent.Token>();
        await foreach (var step in generator.GenerateAsync(request, cancellationToken))
        {
            switch (step)
            {
                case GenerationEvent.Started first:
                    Assert.Null(started);
                    started = first;
                    break;
                case GenerationEvent.Token token:
                    Assert.NotNull(started);
                    Assert.Null(end);
                    tokens.Add(token);
                    break;
                case GenerationEvent.Finished(var why):
                    end = why;
                    break;
            }
        }

        return new Generated(started, tokens, end);
    }
}
