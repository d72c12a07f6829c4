using System.Numerics.Tensors;
using MedGemma.Agents.Inference.Llama;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Benchmarks.Engine;

/// <summary>What the native engine gives when nothing is around it: all prompts in batches of 512, then one greedy token of each sequence a step.</summary>
internal sealed class BareLoop : IDisposable
{
    private const int BatchSize = 512;

    private readonly LlamaModel _model;
    private readonly LlamaContext _context;
    private readonly LlamaBatch _batch = new(BatchSize);

    public BareLoop(string file, int sequences, int cells, int threads = 1)
    {
        _model = LlamaModel.Load(LlamaRuntime.Start(NullLogger.Instance), [file]);
        _context = LlamaContext.Create(_model, new LlamaContextOptions { Cells = cells, BatchSize = BatchSize, MicroBatchSize = BatchSize, Sequences = sequences, Threads = threads });
    }

    /// <summary>The tokens of a text after the first token of a sequence.</summary>
    public int[] Prompt(string text) => [2, .. _model.Vocabulary.Tokenize(text)];

    /// <summary>Reads prompts and writes so many tokens for each.</summary>
    public void Run(IReadOnlyList<int[]> prompts, int tokens)
    {
        _context.Memory.Clear();
        var next = new int[prompts.Count];
        var outputs = new List<(int Sequence, int Place)>();
        foreach (var (sequence, prompt) in prompts.Index())
        {
            for (var position = 0; position < prompt.Length; position++)
            {
                var last = position == prompt.Length - 1;
                var place = _batch.Add(prompt[position], position, sequence, last);
                if (last)
                    outputs.Add((sequence, place));
                if (_batch.Room == 0)
                    Decode(outputs, next);
            }
        }

        Decode(outputs, next);
        for (var step = 1; step < tokens; step++)
        {
            for (var sequence = 0; sequence < prompts.Count; sequence++)
                outputs.Add((sequence, _batch.Add(next[sequence], prompts[sequence].Length + step - 1, sequence, output: true)));

            Decode(outputs, next);
        }
    }

    public void Dispose()
    {
        _batch.Dispose();
        _context.Dispose();
        _model.Dispose();
    }

    private void Decode(List<(int Sequence, int Place)> outputs, int[] next)
    {
        if (_batch.Count == 0)
            return;
        if (_context.Decode(_batch) != DecodeStatus.Done)
            throw new InvalidOperationException("The bare loop has no room.");

        foreach (var (sequence, place) in outputs)
            next[sequence] = TensorPrimitives.IndexOfMax<float>(_context.Logits(place));

        outputs.Clear();
        _batch.Clear();
    }
}
