using MedGemma.Agents.Inference.Chat.Failures;

namespace MedGemma.Agents.Inference.Engine;

/// <summary>Makes of an image what stands in a prompt in place of its soft tokens. Called on one dedicated thread, one image at a time.</summary>
public interface IImageEncoder
{
    /// <summary>Soft tokens of one image; 256 for Gemma 3.</summary>
    int TokensPerImage { get; }

    /// <summary>Encodes an image.</summary>
    /// <param name="data">The encoded image file.</param>
    /// <param name="mediaType">Its media type, such as <c>image/png</c>.</param>
    /// <returns><see cref="TokensPerImage"/> rows of as many numbers as the text model's embeddings have, row after row.</returns>
    /// <exception cref="RequestRefusedException">The data are no image that can be read.</exception>
    ReadOnlyMemory<float> Encode(ReadOnlyMemory<byte> data, string mediaType);
}
