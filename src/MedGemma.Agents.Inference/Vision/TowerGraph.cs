using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Vision.Interop;

namespace MedGemma.Agents.Inference.Vision;

/// <summary>
/// The computation of a SigLIP tower with the projector of Gemma 3, as transformers' <c>SiglipVisionModel</c> and <c>Gemma3MultiModalProjector</c> do it: patches and
/// positions, blocks of attention and feed-forward with norms before them, a last norm, averages over squares of patches, a norm, a projection. Built once, computed
/// for each image.
/// </summary>
internal sealed class TowerGraph : IDisposable
{
    /// <summary>
    /// Scores of attention that are held at once, in bytes. All heads of 4,096 patches together would take 1 GiB; a few heads after each other give the same numbers.
    /// </summary>
    public const long MostScoreBytes = 128L << 20;

    private const int TensorsABlock = 40;
    private const int TensorsAGroup = 16;
    private const int TensorsBeside = 40;

    private readonly VisionArchitecture _shape;
    private readonly TowerWeights _weights;
    private readonly TensorContext _context;
    private readonly nint _c;
    private readonly int _headsAtOnce;

    public TowerGraph(VisionArchitecture shape, TowerWeights weights, long mostScoreBytes)
    {
        _shape = shape;
        _weights = weights;
        _headsAtOnce = (int)Math.Clamp(mostScoreBytes / ((long)shape.Patches * shape.Patches * sizeof(float)), 1, shape.Heads);
        var groups = (shape.Heads + _headsAtOnce - 1) / _headsAtOnce;
        var size = TensorsBeside + (shape.Blocks * (TensorsABlock + (groups * TensorsAGroup)));
        _context = new TensorContext(size, size);
        _c = _context.Handle;

        Input = TensorApi.New(_c, TensorApi.Float, 3 * shape.PatchSize * shape.PatchSize, shape.Patches);
        TensorApi.SetInput(Input);
        Output = Projected(Pooled(Tower(Input)));
        TensorApi.SetOutput(Output);
        Handle = GraphApi.New(_c, (nuint)size, gradients: false);
        GraphApi.Expand(Handle, Output);
    }

    /// <summary>The graph.</summary>
    public nint Handle { get; }

    /// <summary>Where patches go: for each its pixels, by colour, then row, then column.</summary>
    public nint Input { get; }

    /// <summary>Where the soft tokens come out.</summary>
    public nint Output { get; }

    public void Dispose() => _context.Dispose();

    private nint Tower(nint patches)
    {
        var stream = TensorApi.Add(_c, TensorApi.MultiplyMatrix(_c, _weights["v.patch_embd.weight"], patches), _weights["v.patch_embd.bias"]);
        stream = TensorApi.Add(_c, stream, _weights["v.position_embd.weight"]);
        for (var block = 0; block < _shape.Blocks; block++)
        {
            var prefix = $"v.blk.{block}.";
            stream = TensorApi.Add(_c, Attention(prefix, Norm(prefix + "ln1", stream)), stream);
            stream = TensorApi.Add(_c, FeedForward(prefix, Norm(prefix + "ln2", stream)), stream);
        }

        return Norm("v.post_ln", stream);
    }

    private nint Attention(string prefix, nint stream)
    {
        var queries = Linear(prefix + "attn_q", stream);
        var keys = Linear(prefix + "attn_k", stream);
        var values = Linear(prefix + "attn_v", stream);
        nint all = 0;
        for (var head = 0; head < _shape.Heads; head += _headsAtOnce)
        {
            var heads = Heads(queries, keys, values, head, Math.Min(_headsAtOnce, _shape.Heads - head));
            all = all == 0 ? heads : TensorApi.Concat(_c, all, heads, 0);
        }

        return Linear(prefix + "attn_out", all);
    }

    private nint Heads(nint queries, nint keys, nint values, int first, int count)
    {
        var width = _shape.Embedding / _shape.Heads;
        var scores = TensorApi.MultiplyMatrix(_c, Part(keys), Part(queries));
        var shares = TensorApi.SoftMax(_c, scores, 0, 1 / MathF.Sqrt(width), 0);
        var turned = TensorApi.Copy(_c, TensorApi.Permute(_c, Part(values), 1, 0, 2, 3), _shape.Patches, width, count, 1);
        var mixed = TensorApi.MultiplyMatrix(_c, turned, shares);
        return TensorApi.Copy(_c, TensorApi.Permute(_c, mixed, 0, 2, 1, 3), width * count, _shape.Patches, 1, 1);

        nint Part(nint tensor) => TensorApi.View(
            _c, tensor, width, _shape.Patches, count, (nuint)_shape.Embedding * sizeof(float), (nuint)width * sizeof(float), (nuint)(first * width) * sizeof(float));
    }

    private nint FeedForward(string prefix, nint stream) => Linear(prefix + "ffn_down", TensorApi.Gelu(_c, Linear(prefix + "ffn_up", stream)));

    private nint Pooled(nint stream)
    {
        var side = _shape.PatchesPerSide;
        var planes = TensorApi.Copy(_c, TensorApi.Permute(_c, stream, 1, 0, 2, 3), side, side, _shape.Embedding, 1);
        var pooled = TensorApi.Pool(_c, planes, TensorApi.PoolAverage, _shape.Pool, _shape.Pool, _shape.Pool, _shape.Pool, 0, 0);
        var columns = TensorApi.Reshape(_c, pooled, _shape.Tokens, _shape.Embedding);
        return TensorApi.Copy(_c, TensorApi.Permute(_c, columns, 1, 0, 2, 3), _shape.Embedding, _shape.Tokens, 1, 1);
    }

    private nint Projected(nint tokens)
    {
        var normed = TensorApi.Multiply(_c, TensorApi.RmsNorm(_c, tokens, _shape.Epsilon), _weights["mm.soft_emb_norm.weight"]);
        return TensorApi.MultiplyMatrix(_c, _weights["mm.input_projection.weight"], normed);
    }

    private nint Norm(string name, nint stream) =>
        TensorApi.Add(_c, TensorApi.Multiply(_c, TensorApi.Norm(_c, stream, _shape.Epsilon), _weights[name + ".weight"]), _weights[name + ".bias"]);

    private nint Linear(string name, nint stream) => TensorApi.Add(_c, TensorApi.MultiplyMatrix(_c, _weights[name + ".weight"], stream), _weights[name + ".bias"]);
}
