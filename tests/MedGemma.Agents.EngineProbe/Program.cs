using System.Globalization;
using MedGemma.Agents.EngineProbe;
using MedGemma.Agents.Inference.Llama;

// Loads the model, and the adapter after a tab, that each line of the input names, computes a few tokens, and writes a line about it; or, after "sizes", writes what
// the engine logs of a context's sizes without allocating it. What the engine cannot stand ends this process and no other.
var log = new LineLog();
var runtime = LlamaRuntime.Start(log);
while (Console.ReadLine() is { Length: > 0 } line)
{
    var words = line.Split('\t');
    Console.WriteLine(words[0] == "sizes" ? Sizes(words) : Try(words));
}

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

string Sizes(string[] words)
{
    log.Lines.Clear();
    using var model = LlamaModel.Load(runtime, [words[1]], new LlamaModelOptions { NoAllocation = true });
    using var context = LlamaContext.Create(model, new LlamaContextOptions
    {
        Cells = Number(2),
        Sequences = Number(3),
        BatchSize = Number(4),
        MicroBatchSize = Number(4),
        FullWindow = bool.Parse(words[5]),
        QuantizedCache = bool.Parse(words[6]),
    });
    return string.Join('\t', log.Lines);

    int Number(int index) => int.Parse(words[index], CultureInfo.InvariantCulture);
}
