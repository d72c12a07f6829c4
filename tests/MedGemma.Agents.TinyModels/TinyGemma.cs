using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.TinyModels;

/// <summary>Makes Gemma 3 text models with random weights.</summary>
public static class TinyGemma
{
    private const string Template =
        """
        {{ bos_token }}{% if messages[0]['role'] == 'system' %}{% set prefix = messages[0]['content'] + '\n\n' %}{% set turns = messages[1:] %}{% else %}{% set prefix = '' %}{% set turns = messages %}{% endif %}{% for message in turns %}{{ '<start_of_turn>' + ('model' if message['role'] == 'assistant' else message['role']) + '\n' + (prefix if loop.first else '') + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<start_of_turn>model\n' }}{% endif %}
        """;

    /// <summary>Writes a model.</summary>
    /// <param name="path">Where; what is there is replaced.</param>
    /// <param name="options">What it is like; null for the defaults.</param>
    /// <returns><paramref name="path"/>.</returns>
    public static string Write(string path, TinyGemmaOptions? options = null) => Create(options).Write(path);

    /// <summary>Makes a model as a file yet to be written, so that a test can change it.</summary>
    /// <param name="options">What it is like; null for the defaults.</param>
    public static GgufFile Create(TinyGemmaOptions? options = null)
    {
        options ??= new();
        var file = new GgufFile();
        var reply = options.Reply is null ? [] : ReplyPieces.Of(options.Reply);
        var vocabulary = TinyVocabulary.Create(options.Shape.Vocabulary, reply, options.Words);
        SetMetadata(file, options);
        SetVocabulary(file, vocabulary);
        new TinyGemmaWeights(file, options, vocabulary, reply).Add();
        return file;
    }

    private static void SetMetadata(GgufFile file, TinyGemmaOptions options)
    {
        var shape = options.Shape;
        file.Set("general.architecture", "gemma3")
            .Set("general.type", "model")
            .Set("general.name", options.Name)
            .Set("general.file_type", options.Type switch { GgmlType.F32 => 0u, GgmlType.F16 => 1u, GgmlType.Q4_0 => 2u, GgmlType.Q8_0 => 7u, GgmlType.BF16 => 32u, _ => 1024u })
            .Set("gemma3.context_length", (uint)shape.ContextLength)
            .Set("gemma3.embedding_length", (uint)shape.Embedding)
            .Set("gemma3.block_count", (uint)shape.Layers)
            .Set("gemma3.feed_forward_length", (uint)shape.FeedForward)
            .Set("gemma3.attention.head_count", (uint)shape.Heads)
            .Set("gemma3.attention.head_count_kv", (uint)shape.KeyValueHeads)
            .Set("gemma3.attention.key_length", (uint)shape.HeadDimension)
            .Set("gemma3.attention.value_length", (uint)shape.HeadDimension)
            .Set("gemma3.attention.layer_norm_rms_epsilon", 1e-6f)
            .Set("gemma3.attention.sliding_window", (uint)shape.SlidingWindow)
            .Set("gemma3.rope.freq_base", 1_000_000f);
        if (shape.Pattern != 6)
            file.Set("gemma3.attention.sliding_window_pattern", (uint)shape.Pattern);
        if (shape.RopeScale != 1)
            file.Set("gemma3.rope.scaling.type", "linear").Set("gemma3.rope.scaling.factor", shape.RopeScale);
    }

    private static void SetVocabulary(GgufFile file, TinyVocabulary vocabulary) =>
        file.Set("tokenizer.ggml.model", "llama")
            .Set("tokenizer.ggml.pre", "default")
            .Set("tokenizer.ggml.tokens", vocabulary.Tokens)
            .Set("tokenizer.ggml.scores", vocabulary.Scores)
            .Set("tokenizer.ggml.token_type", vocabulary.Types)
            .Set("tokenizer.ggml.bos_token_id", 2u)
            .Set("tokenizer.ggml.eos_token_id", 1u)
            .Set("tokenizer.ggml.eot_token_id", 106u)
            .Set("tokenizer.ggml.unknown_token_id", 3u)
            .Set("tokenizer.ggml.padding_token_id", 0u)
            .Set("tokenizer.ggml.add_bos_token", true)
            .Set("tokenizer.ggml.add_eos_token", false)
            .Set("tokenizer.ggml.add_space_prefix", false)
            .Set("tokenizer.chat_template", Template);
}
