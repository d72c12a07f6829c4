using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine.Prompts;
using MedGemma.Agents.Inference.Llama;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Inference.Tests.Engine;

/// <summary>What a request gives that is computed all alone, by the shortest loop over the native engine that there can be: no sharing, no batching.</summary>
internal sealed class PlainLoop : IDisposable
{
    private readonly LlamaModel _model;
    private readonly LlamaContext _context;
    private readonly LlamaBatch _batch;
    private readonly LlamaAdapter _adapter;
    private readonly PromptTokenizer _tokenizer;
    private readonly TokenTable _table;

    public PlainLoop(string model, string adapter)
    {
        _model = LlamaModel.Load(LlamaRuntime.Start(NullLogger.Instance), [model]);
        _adapter = LlamaAdapter.Load(_model, adapter);
        _context = LlamaContext.Create(_model, new LlamaContextOptions { Cells = 1024, BatchSize = 1024, MicroBatchSize = 1024 });
        _batch = new LlamaBatch(1024);
        _table = new TokenTable(_model.Vocabulary);
        _tokenizer = new PromptTokenizer(_model.Vocabulary, _table, null);
    }

    /// <summary>The most likely tokens one after the other, each with how far its logit lies above the next best.</summary>
    public IReadOnlyList<(int Token, float Gap)> Greedy(GenerationRequest request)
    {
        _context.Memory.Clear();
        _context.SetAdapter(request.Adapter is null ? null : _adapter);
        var tokens = _tokenizer.Tokenize(request.Prompt, 0, CancellationToken.None).Tokens.ToList();
        var written = new List<(int, float)>();
        var computed = 0;
        while (written.Count < request.MaxTokens)
        {
            _batch.Clear();
            for (; computed < tokens.Count; computed++)
                _batch.Add(tokens[computed], computed, 0, output: computed == tokens.Count - 1);

            Assert.Equal(DecodeStatus.Done, _context.Decode(_batch));
            var logits = _context.Logits(_batch.Count - 1).ToArray();
            var best = Array.IndexOf(logits, logits.Max());
            var gap = logits[best] - logits.Where((_, token) => token != best).Max();
            written.Add((best, gap));
            if (_table.Ends(best))
                break;

            tokens.Add(best);
        }

        return written;
    }

    public bool Ends(int token) => _table.Ends(token);

    public void Dispose()
    {
        _batch.Dispose();
        _context.Dispose();
        _adapter.Dispose();
        _model.Dispose();
    }
}
