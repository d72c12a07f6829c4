using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Inference.Tests.Models;

public sealed class ModelShardTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    [Fact]
    public void A_split_model_is_one_model()
    {
        var paths = ModelShards.Write(TinyGemma.Create(), _folder["tiny"], 3);

        var file = Assert.IsType<ModelFileResult<TextModelFile>.Accepted>(ModelFileReader.ReadText(paths[0])).File;

        Assert.Equal(paths, file.Shards);
        Assert.Equal(TinyGemma.Create().Tensors.Sum(tensor => tensor.Bytes), file.WeightBytes);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var paths = ModelShards.Write(TinyGemma.Create(), _folder["tiny"], 3);
        File.Delete(paths[1]);

        var refusal = Refusal(paths[0]);

        Assert.Equal((ModelRefusalKind.MissingShard, "tiny-00002-of-00003.gguf, the file 2 of 3, is not beside it"), (refusal.Kind, refusal.Reason));
    }

    [Fact]
    public void A_cut_file_is_named_as_the_one_at_fault()
    {
        var paths = ModelShards.Write(TinyGemma.Create(), _folder["tiny"], 3);
        using (var file = File.OpenWrite(paths[2]))
            file.SetLength(file.Length - 500);

        var refusal = Refusal(paths[0]);

        Assert.Equal((ModelRefusalKind.Cut, paths[2]), (refusal.Kind, refusal.Path));
    }

    [Fact]
    public void Only_the_first_file_is_a_model()
    {
        var paths = ModelShards.Write(TinyGemma.Create(), _folder["tiny"], 2);

        var refusal = Assert.IsType<ModelFileResult<ModelFile>.Refused>(ModelFileReader.Read(paths[1])).Refusal;

        Assert.Equal((ModelRefusalKind.ShardMismatch, "it is the file 2 of 2; name the first one"), (refusal.Kind, refusal.Reason));
    }

    [Fact]
    public void A_renamed_file_says_what_its_name_must_be()
    {
        var paths = ModelShards.Write(TinyGemma.Create(), _folder["tiny"], 2);
        File.Move(paths[0], _folder["model.gguf"]);

        Assert.Equal("it is one of 2 files, so its name must end in -00001-of-00002.gguf", Refusal(_folder["model.gguf"]).Reason);
    }

    [Fact]
    public void Files_of_two_models_are_not_mixed()
    {
        var paths = ModelShards.Write(TinyGemma.Create(), _folder["tiny"], 3);
        var other = ModelShards.Create(TinyGemma.Create(new() { Shape = GemmaShape.Tiny with { Layers = 6 } }), 3);
        other[1].Write(paths[1]);

        Assert.Equal(ModelRefusalKind.ShardMismatch, Refusal(paths[0]).Kind);
    }

    public void Dispose() => _folder.Dispose();

    private static ModelRefusal Refusal(string path) => Assert.IsType<ModelFileResult<TextModelFile>.Refused>(ModelFileReader.ReadText(path)).Refusal;
}
