using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Models.Gguf;
using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Inference.Tests.Models;

public sealed class ModelFileReaderTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    [Fact]
    public void A_text_model_tells_its_dimensions_and_control_tokens()
    {
        var file = Accepted<TextModelFile>(_folder.Write(TinyGemma.Create(new() { Type = GgmlType.Q8_0, Name = "Small" })));

        Assert.Equal(new GemmaArchitecture(4, 64, 128, 4, 2, 32, 768, 64, 2, 8192), file.Architecture);
        Assert.Equal((2, 2), (file.Architecture.GlobalLayers, file.Architecture.LocalLayers));
        Assert.Equal(("Small", GgmlType.Q8_0), (file.Name, file.WeightType));
        Assert.Equal((105, 106, 111), (file.ControlTokens[ControlToken.StartOfTurn], file.ControlTokens[ControlToken.EndOfTurn], file.ControlTokens[ControlToken.StartOfImage]));
        Assert.Equal([file.Path], file.Shards);
    }

    [Fact]
    public void The_27B_is_read_from_its_header_alone()
    {
        var path = _folder.Write(TinyGemma.Create(new() { Shape = GemmaShape.B27, Type = GgmlType.Q4_K, EmbeddingType = GgmlType.Q6_K, Holes = true }));

        var file = Accepted<TextModelFile>(path);

        Assert.Equal((10, 52), (file.Architecture.GlobalLayers, file.Architecture.LocalLayers));
        Assert.InRange(file.WeightBytes, 14L << 30, 15L << 30);
        Assert.Equal(ControlToken.StartOfImage, (ControlToken)file.ControlTokens[ControlToken.StartOfImage]);
    }

    [Fact]
    public void Adapters_and_vision_files_are_known_for_what_they_are()
    {
        Assert.Equal(8, Accepted<AdapterFile>(_folder.Write(TinyAdapter.Create(GemmaShape.Tiny), "a.gguf")).Matrices);
        var vision = Accepted<VisionFile>(_folder.Write(TinyVision.Create(VisionShape.Tiny), "v.gguf"));
        Assert.Equal((64, 4), (vision.Architecture.Patches, vision.Architecture.Tokens));
    }

    [Fact]
    public void A_file_of_another_kind_than_wanted_is_refused()
    {
        var adapter = _folder.Write(TinyAdapter.Create(GemmaShape.Tiny));

        var refusal = Assert.IsType<ModelFileResult<TextModelFile>.Refused>(ModelFileReader.ReadText(adapter)).Refusal;

        Assert.Equal(ModelRefusalKind.OtherKind, refusal.Kind);
        Assert.Equal($"{adapter}: it is a LoRA adapter, not a text model", refusal.Message);
    }

    [Fact]
    public void Vision_files_of_the_old_naming_are_read_alike()
    {
        var right = TinyVision.Create(VisionShape.Tiny);
        var old = TinyVision.Create(VisionShape.Tiny);
        for (var i = 0; i < old.Tensors.Count; i++)
        {
            var name = old.Tensors[i].Name;
            if (name.Contains("ffn_", StringComparison.Ordinal))
                old.Tensors[i] = old.Tensors[i] with { Name = name.Contains("_up", StringComparison.Ordinal) ? name.Replace("_up", "_down", StringComparison.Ordinal) : name.Replace("_down", "_up", StringComparison.Ordinal) };
        }

        var expected = Accepted<VisionFile>(_folder.Write(right, "right.gguf"));
        var found = Accepted<VisionFile>(_folder.Write(old, "old.gguf"));

        Assert.Equal(expected.Tensors["v.blk.1.ffn_up.weight"].ShapeText, found.Tensors["v.blk.1.ffn_up.weight"].ShapeText);
        Assert.Equal(expected.Tensors["v.blk.1.ffn_up.bias"].ShapeText, found.Tensors["v.blk.1.ffn_up.bias"].ShapeText);
    }

    [Theory]
    [InlineData("wrong magic", ModelRefusalKind.NotGguf, "it is no GGUF file: it begins with 504B0304, not with 47475546 (GGUF)")]
    [InlineData("version 1", ModelRefusalKind.OtherVersion, "it is a GGUF file of version 1; versions 2 and 3 are read")]
    [InlineData("big endian", ModelRefusalKind.OtherVersion, "it is a big-endian GGUF file")]
    [InlineData("absurd tensors", ModelRefusalKind.Damaged, "it announces 18446744073709551615 tensors, more than the")]
    [InlineData("absurd keys", ModelRefusalKind.Damaged, "it announces 1152921504606846976 metadata keys, more than the")]
    [InlineData("cut header", ModelRefusalKind.Damaged, "it is damaged or cut")]
    [InlineData("cut data", ModelRefusalKind.Cut, "it is cut: it has")]
    [InlineData("empty", ModelRefusalKind.Cut, "it is empty")]
    [InlineData("folder", ModelRefusalKind.Unreadable, "it is a folder")]
    [InlineData("missing", ModelRefusalKind.Unreadable, "there is no such file")]
    public void A_file_that_is_not_whole_is_refused_in_one_line(string damage, ModelRefusalKind kind, string reason)
    {
        var path = _folder.Write(TinyGemma.Create());
        var bytes = File.ReadAllBytes(path);
        switch (damage)
        {
            case "wrong magic":
                "PK\u0003\u0004"u8.CopyTo(bytes);
                break;
            case "version 1":
                bytes[4] = 1;
                break;
            case "big endian":
                new byte[] { 0, 0, 0, 3 }.CopyTo(bytes, 4);
                break;
            case "absurd tensors":
                bytes.AsSpan(8, 8).Fill(0xFF);
                break;
            case "absurd keys":
                bytes[23] = 0x10;
                bytes[16] = 0;
                break;
            case "cut header":
                bytes = bytes[..5000];
                break;
            case "cut data":
                bytes = bytes[..^1000];
                break;
            case "empty":
                bytes = [];
                break;
        }

        File.WriteAllBytes(path, bytes);
        path = damage switch { "folder" => _folder.Path, "missing" => _folder["other.gguf"], _ => path };

        Refused(path, kind, reason);
    }

    [Theory]
    [InlineData("llama", ModelRefusalKind.OtherArchitecture, "its architecture is 'llama'; MedGemma's is gemma3")]
    [InlineData("gemma3n\n", ModelRefusalKind.OtherArchitecture, "its architecture is 'gemma3n?'; MedGemma's is gemma3")]
    [InlineData(null, ModelRefusalKind.Damaged, "general.architecture is missing")]
    public void Another_architecture_is_refused_by_name(string? architecture, ModelRefusalKind kind, string reason)
    {
        var file = TinyGemma.Create();
        Refused(_folder.Write(architecture is null ? file.Remove("general.architecture") : file.Set("general.architecture", architecture)), kind, reason);
    }

    [Theory]
    [InlineData("gemma3.block_count", 600u, "gemma3.block_count is 600; it can be 1 to 512")]
    [InlineData("gemma3.block_count", 5u, "the tensor blk.4.attn_norm.weight is missing")]
    [InlineData("gemma3.block_count", 3u, "the tensor blk.3.attn_norm.weight is none of a Gemma 3 model of 3 layers")]
    [InlineData("gemma3.block_count", 1u, "with 1 layers, of which every 2th is global, none is; the engine needs one")]
    [InlineData("gemma3.embedding_length", 32u, "the tensor token_embd.weight is 64 x 768, not 32 x 768")]
    [InlineData("gemma3.attention.head_count_kv", 3u, "its 4 heads of queries cannot be shared out among 3 heads of keys")]
    [InlineData("gemma3.attention.key_length", 0u, "gemma3.attention.key_length is 0; it can be 2 to 1024")]
    [InlineData("gemma3.rope.dimension_count", 7u, "gemma3.rope.dimension_count is 7, not the width of a head, 32")]
    [InlineData("gemma3.rope.freq_base", 7u, "gemma3.rope.freq_base is not a number of type f32")]
    [InlineData("general.alignment", 24u, "general.alignment is 24, not a power of 2 of at most 65536")]
    [InlineData("tokenizer.ggml.eos_token_id", 9999u, "tokenizer.ggml.eos_token_id is 9999, beyond its vocabulary of 768 tokens")]
    [InlineData("tokenizer.ggml.bos_token_id", 1u, "tokenizer.ggml.bos_token_id is 1, which is not Gemma 3's")]
    public void Dimensions_that_do_not_fit_are_named(string key, uint value, string reason) =>
        Refused(_folder.Write(TinyGemma.Create().Set(key, value)), ModelRefusalKind.Damaged, reason);

    [Theory]
    [InlineData("<start_of_turn>", "<turn>", "its vocabulary lacks <start_of_turn> as a control token")]
    [InlineData("<0x41>", "<0x4>", "its vocabulary lacks the token of the byte <0x41>")]
    [InlineData("b", "a", "the token 436 of its vocabulary is empty, there twice, or has a zero in it")]
    [InlineData("b", "\0b", "the token 436 of its vocabulary is empty, there twice, or has a zero in it")]
    public void A_vocabulary_that_the_engine_or_a_chat_cannot_use_is_refused(string token, string instead, string reason)
    {
        var vocabulary = TinyVocabulary.Create(768, [], []);
        var tokens = vocabulary.Tokens.Select(other => other == token ? instead : other).ToList();

        Refused(_folder.Write(TinyGemma.Create().Set("tokenizer.ggml.tokens", tokens)), ModelRefusalKind.Damaged, reason);
    }

    [Fact]
    public void A_tensor_of_whole_rows_only_is_taken()
    {
        var file = TinyGemma.Create();
        file.Tensors[0] = file.Tensors[0] with { Type = GgmlType.Q4_K, Shape = [64, 768], Values = null };

        Refused(_folder.Write(file), ModelRefusalKind.Damaged, "its rows of 64 values are not whole blocks of 256, as Q4_K needs");
    }

    public void Dispose() => _folder.Dispose();

    private static T Accepted<T>(string path)
        where T : ModelFile =>
        Assert.IsType<T>(Assert.IsType<ModelFileResult<ModelFile>.Accepted>(ModelFileReader.Read(path)).File);

    private static void Refused(string path, ModelRefusalKind kind, string reason)
    {
        var refusal = Assert.IsType<ModelFileResult<ModelFile>.Refused>(ModelFileReader.Read(path)).Refusal;

        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(kind, refusal.Kind);
        Assert.StartsWith(path + ": ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }
}
