using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Inference.Tests.Models;

public sealed class OtherBaseTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    [Fact]
    public void An_adapter_of_the_model_fits_it() => Assert.Null(Adapter(TinyAdapter.Create(GemmaShape.Tiny)).Against(Model()));

    [Fact]
    public void An_adapter_of_a_wider_model_is_refused()
    {
        var refusal = Adapter(TinyAdapter.Create(GemmaShape.Tiny with { Embedding = 96 })).Against(Model());

        Assert.Equal(ModelRefusalKind.OtherBase, refusal!.Kind);
        Assert.Equal($"its blk.0.attn_q.weight is 96 x 128, that of {_folder["model.gguf"]} is 64 x 128; it was made for another model", refusal.Reason);
    }

    [Fact]
    public void An_adapter_of_a_deeper_model_is_refused() =>
        Assert.StartsWith("it changes blk.4.attn_q.weight, which ", Adapter(TinyAdapter.Create(GemmaShape.Tiny with { Layers = 6 })).Against(Model())!.Reason, StringComparison.Ordinal);

    [Fact]
    public void A_vision_file_of_another_width_is_refused()
    {
        var vision = Assert.IsType<ModelFileResult<VisionFile>.Accepted>(ModelFileReader.ReadVision(_folder.Write(TinyVision.Create(VisionShape.Tiny with { Projection = 96 }), "v.gguf"))).File;

        Assert.Equal(ModelRefusalKind.OtherBase, vision.Against(Model())!.Kind);
    }

    [Theory]
    [InlineData("blk.0.attn_q.weight.lora_b", "blk.0.attn_q.weight.lora_a is there without blk.0.attn_q.weight.lora_b")]
    [InlineData("blk.0.attn_q.weight.lora_a", "the tensor blk.0.attn_q.weight.lora_b is not one of a LoRA pair")]
    public void Half_a_pair_is_refused(string lost, string reason)
    {
        var file = TinyAdapter.Create(GemmaShape.Tiny);
        file.Tensors.Remove(file.Tensors.Single(tensor => tensor.Name == lost));

        var refusal = Assert.IsType<ModelFileResult<AdapterFile>.Refused>(ModelFileReader.ReadAdapter(_folder.Write(file, "a.gguf"))).Refusal;

        Assert.Equal((ModelRefusalKind.Damaged, reason), (refusal.Kind, refusal.Reason));
    }

    public void Dispose() => _folder.Dispose();

    private TextModelFile Model() => Assert.IsType<ModelFileResult<TextModelFile>.Accepted>(ModelFileReader.ReadText(_folder.Write(TinyGemma.Create()))).File;

    private AdapterFile Adapter(GgufFile file) => Assert.IsType<ModelFileResult<AdapterFile>.Accepted>(ModelFileReader.ReadAdapter(_folder.Write(file, "a.gguf"))).File;
}
