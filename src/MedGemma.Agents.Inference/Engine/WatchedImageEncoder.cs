namespace MedGemma.Agents.Inference.Engine;

/// <summary>Lets the watch see each image.</summary>
/// <param name="encoder">Reads images; stays its owner's.</param>
/// <param name="watch">The watch.</param>
internal sealed class WatchedImageEncoder(IImageEncoder encoder, EngineWatch watch) : IImageEncoder
{
    public int TokensPerImage => encoder.TokensPerImage;

    public ReadOnlyMemory<float> Encode(ReadOnlyMemory<byte> data, string mediaType)
    {
        watch.Images.Begin(1);
        try
        {
            return encoder.Encode(data, mediaType);
        }
        finally
        {
            watch.Images.End();
        }
    }
}
