using System.Globalization;
using MedGemma.Agents.EngineProbe;
using MedGemma.Agents.Imaging;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Vision;

// Loads the model, and the adapter after a tab, that each line of the input names, computes a few tokens, and writes a line about it; or, after "sizes", writes what
// the engine logs of a context's sizes without allocating it; or, after "vision", encodes a black image. What the engine cannot stand ends this process and no other.
var log = new LineLog();
var runtime = LlamaRuntime.Start(log);
while (Console.ReadLine() is { Length: > 0 } line)
{
    var words = line.Split('\t');
    Console.WriteLine(words[0] switch { "sizes" => Sizes(words), "vision" => See(words[1]), _ => Try(words) });
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

string See(string path)
{
    if (ModelFileReader.ReadVision(path) is not ModelFileResult<VisionFile>.Accepted(var file))
        return "refused";
    using var tower = VisionTower.Load(runtime, file, threads: 1);
    var size = file.Architecture.ImageSize;
    return $"computed {tower.Encode(new PixelTensor(size, new float[3 * size * size])).Length}";
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
