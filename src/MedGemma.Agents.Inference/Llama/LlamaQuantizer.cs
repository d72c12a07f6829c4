using MedGemma.Agents.Inference.Llama.Interop;

namespace MedGemma.Agents.Inference.Llama;

/// <summary>Writes model files of smaller numbers.</summary>
public static unsafe class LlamaQuantizer
{
    private const int Q8_0 = 7;

    /// <summary>Writes a copy of a model file in Q8_0: 8 bit blocks of 32 with one scale. Blocks.</summary>
    /// <param name="runtime">The started engine.</param>
    /// <param name="input">A model file of 16 or 32 bit floating point numbers.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="threads">Threads to use.</param>
    /// <exception cref="LlamaException">The engine refuses the file.</exception>
    public static void WriteQ8(LlamaRuntime runtime, string input, string output, int threads)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(output);
        var parameters = ModelApi.DefaultQuantizeParams();
        parameters.FileType = Q8_0;
        parameters.Threads = threads;
        LlamaLog.ForgetErrors();
        if (ModelApi.Quantize(input, output, &parameters) != 0)
            throw new LlamaException($"The engine could not quantise {input}");
    }
}
