using MedGemma.Agents.Inference.Llama;
using Microsoft.Extensions.Logging.Abstractions;

// Loads the model, and the adapter after a tab, that each line of the input names, computes a few tokens, and writes a line about it. What the engine cannot
// stand ends this process and no other.
var runtime = LlamaRuntime.Start(NullLogger.Instance);
while (Console.ReadLine() is { Length: > 0 } line)
    Console.WriteLine(Try(line.Split('\t')));

string Try(string[] files)
{
    try
    {
        using var model = LlamaModel.Load(runtime, [files[0]]);
        using var adapter = files.Length > 1 ? LlamaAdapter.Load(model, files[1]) : null;
        using var context = LlamaContext.Create(model, new LlamaContextOptions { Cells = 256, BatchSize = 64, MicroBatchSize = 64, Sequences = 2, FullWindow = false });
        context.SetAdapter(adapter);
        var tokens = model.Vocabulary.Tokenize("Is it so? \u00e9\u4e2d\u0001 {\"a\": 1}\n\n");
        using var batch = new LlamaBatch(64);
        for (var i = 0; i < Math.Min(tokens.Length, 64); i++)
            batch.Add(tokens[i], i, 0, output: i == Math.Min(tokens.Length, 64) - 1);
        var status = context.Decode(batch);
        _ = model.Vocabulary.Piece(0);
        return $"computed {status}";
    }
    catch (LlamaException e)
    {
        return "refused " + e.Message.ReplaceLineEndings(" ");
    }
}
