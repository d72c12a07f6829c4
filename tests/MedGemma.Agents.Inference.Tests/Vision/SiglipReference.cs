using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Inference.Tests.Vision;

/// <summary>
/// The tower and the projector once more, in plain C# with 64-bit numbers and loops over what the formulas of SigLIP (arXiv 2303.15343) and of transformers' Gemma 3
/// say; it shares nothing with the graph on ggml but the file.
/// </summary>
internal sealed class SiglipReference(GgufFile file, VisionShape shape)
{
    private const double Epsilon = 1e-6f;

    private readonly Dictionary<string, float[]> _weights = file.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.ToArray(), StringComparer.Ordinal);

    /// <summary>Soft tokens of an image given as red, green and blue planes.</summary>
    public double[][] Encode(float[] pixels)
    {
        var stream = Patches(pixels);
        for (var block = 0; block < shape.Blocks; block++)
        {
            var prefix = $"v.blk.{block}.";
            stream = Sum(stream, Attention(prefix, Norm(prefix + "ln1", stream)));
            stream = Sum(stream, Linear(prefix + "ffn_down", Each(Linear(prefix + "ffn_up", Norm(prefix + "ln2", stream)), Gelu)));
        }

        return [.. Pooled(Norm("v.post_ln", stream)).Select(Projected)];
    }

    private double[][] Patches(float[] pixels)
    {
        var side = shape.ImageSize / shape.PatchSize;
        var kernel = _weights["v.patch_embd.weight"];
        var size = shape.PatchSize;
        var patches = new double[side * side][];
        for (var patch = 0; patch < patches.Length; patch++)
        {
            patches[patch] = new double[shape.Embedding];
            for (var channel = 0; channel < shape.Embedding; channel++)
            {
                double sum = _weights["v.patch_embd.bias"][channel] + _weights["v.position_embd.weight"][(patch * shape.Embedding) + channel];
                for (var colour = 0; colour < 3; colour++)
                {
                    for (var y = 0; y < size; y++)
                    {
                        for (var x = 0; x < size; x++)
                        {
                            var pixel = pixels[(colour * shape.ImageSize * shape.ImageSize) + (((patch / side * size) + y) * shape.ImageSize) + (patch % side * size) + x];
                            sum += (double)kernel[(((channel * 3) + colour) * size * size) + (y * size) + x] * pixel;
                        }
                    }
                }

                patches[patch][channel] = sum;
            }
        }

        return patches;
    }

    private double[][] Attention(string prefix, double[][] stream)
    {
        var (queries, keys, values) = (Linear(prefix + "attn_q", stream), Linear(prefix + "attn_k", stream), Linear(prefix + "attn_v", stream));
        var width = shape.Embedding / shape.Heads;
        var mixed = stream.Select(row => new double[row.Length]).ToArray();
        for (var head = 0; head < shape.Heads; head++)
        {
            for (var from = 0; from < stream.Length; from++)
            {
                var scores = keys.Select(key => Enumerable.Range(head * width, width).Sum(i => queries[from][i] * key[i]) / Math.Sqrt(width)).ToArray();
                var most = scores.Max();
                var shares = scores.Select(score => Math.Exp(score - most)).ToArray();
                var sum = shares.Sum();
                for (var to = 0; to < stream.Length; to++)
                {
                    for (var i = head * width; i < (head + 1) * width; i++)
                        mixed[from][i] += shares[to] / sum * values[to][i];
                }
            }
        }

        return Linear(prefix + "attn_out", mixed);
    }

    private IEnumerable<double[]> Pooled(double[][] stream)
    {
        var side = shape.ImageSize / shape.PatchSize;
        for (var y = 0; y < side; y += shape.Pool)
        {
            for (var x = 0; x < side; x += shape.Pool)
            {
                var square = from row in Enumerable.Range(y, shape.Pool) from column in Enumerable.Range(x, shape.Pool) select stream[(row * side) + column];
                yield return [.. Enumerable.Range(0, shape.Embedding).Select(channel => square.Average(patch => patch[channel]))];
            }
        }
    }

    private double[] Projected(double[] token)
    {
        var scale = 1 / Math.Sqrt(token.Average(value => value * value) + Epsilon);
        var normed = token.Select((value, i) => value * scale * _weights["mm.soft_emb_norm.weight"][i]).ToArray();
        return [.. Enumerable.Range(0, shape.Projection).Select(to => normed.Select((value, from) => value * _weights["mm.input_projection.weight"][(from * shape.Projection) + to]).Sum())];
    }

    private double[][] Norm(string name, double[][] stream) => [.. stream.Select(row =>
    {
        var mean = row.Average();
        var scale = 1 / Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + Epsilon);
        return row.Select((value, i) => ((value - mean) * scale * _weights[name + ".weight"][i]) + _weights[name + ".bias"][i]).ToArray();
    })];

    private double[][] Linear(string name, double[][] stream)
    {
        var (weight, bias) = (_weights[name + ".weight"], _weights[name + ".bias"]);
        return [.. stream.Select(row => bias.Select((start, to) => start + row.Select((value, from) => value * weight[(to * row.Length) + from]).Sum()).ToArray())];
    }

    private static double[][] Each(double[][] stream, Func<double, double> function) => [.. stream.Select(row => row.Select(function).ToArray())];

    private static double[][] Sum(double[][] left, double[][] right) => [.. left.Zip(right, (a, b) => a.Zip(b, (x, y) => x + y).ToArray())];

    private static double Gelu(double value) => 0.5 * value * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (value + (0.044715 * value * value * value))));
}
