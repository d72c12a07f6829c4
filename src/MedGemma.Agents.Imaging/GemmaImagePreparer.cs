namespace MedGemma.Agents.Imaging;

/// <summary>
/// Prepares PNG and JPEG images as MedGemma expects them: turned as the camera says, padded with black to a centred square, resized, and scaled to -1 to 1. Safe for
/// concurrent use.
/// </summary>
public static class GemmaImagePreparer
{
    /// <summary>Prepares an image.</summary>
    /// <param name="data">The encoded image; what it is, it says itself.</param>
    /// <param name="size">Pixels along each side of the result; 896 for MedGemma.</param>
    public static PreparedImage Prepare(ReadOnlyMemory<byte> data, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var (raster, reason) = ImageDecoder.Decode(data);
        if (raster is null)
            return new PreparedImage.Refused(reason!);

        var pixels = SquareResize.Resize(raster, size);
        var values = new float[pixels.Length];
        for (var colour = 0; colour < 3; colour++)
        {
            for (var i = 0; i < size * size; i++)
                values[(colour * size * size) + i] = ((pixels[(3 * i) + colour] / 255f) - 0.5f) / 0.5f;
        }

        return new PreparedImage.Ready(new PixelTensor(size, values));
    }
}
