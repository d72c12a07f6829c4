using MedGemma.Agents.Imaging;
using MedGemma.Agents.Inference.Chat.Failures;
using MedGemma.Agents.Inference.Engine;

namespace MedGemma.Agents.Inference.Vision;

/// <summary>Reads PNG and JPEG images, prepares them as MedGemma expects, and makes soft tokens of them. Not safe for concurrent calls. Owns its tower.</summary>
/// <param name="tower">The tower.</param>
public sealed class GemmaImageEncoder(VisionTower tower) : IImageEncoder, IDisposable
{
    /// <inheritdoc/>
    public int TokensPerImage => tower.File.Architecture.Tokens;

    /// <inheritdoc/>
    public ReadOnlyMemory<float> Encode(ReadOnlyMemory<byte> data, string mediaType) =>
        GemmaImagePreparer.Prepare(data, tower.File.Architecture.ImageSize) switch
        {
            PreparedImage.Ready(var image) => tower.Encode(image),
            PreparedImage.Refused(var reason) => throw new RequestRefusedException("messages", $"An image cannot be read: {reason}."),
            _ => throw new InvalidOperationException("An image is prepared or refused."),
        };

    /// <inheritdoc/>
    public void Dispose() => tower.Dispose();
}
