using SkiaSharp;

namespace MedGemma.Agents.Imaging;

/// <summary>Decodes PNG and JPEG. Colours are taken as they are stored, as Pillow does: no profile is applied, and what is transparent keeps its colour.</summary>
internal static class ImageDecoder
{
    private const long MostPixels = 100_000_000;

    /// <summary>Decodes an image, turned as its camera says.</summary>
    /// <returns>The raster, or a reason.</returns>
    public static (ImageRaster? Raster, string? Reason) Decode(ReadOnlyMemory<byte> data)
    {
        if (!IsPng(data.Span) && !IsJpeg(data.Span))
            return (null, "it is neither PNG nor JPEG");

        using var copy = SKData.CreateCopy(data.Span);
        using var codec = SKCodec.Create(copy);
        if (codec is null)
            return (null, "its header is damaged");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width <= 0 || height <= 0 || (long)width * height > MostPixels)
            return (null, $"it has {width} x {height} pixels; at most {MostPixels / 1_000_000} million are read");

        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul)))
            return (null, "there is not enough memory for it");
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        return result == SKCodecResult.Success ? (Turned(bitmap.GetPixelSpan(), width, height, codec.EncodedOrigin), null) : (null, result == SKCodecResult.IncompleteInput ? "it is cut" : "it is damaged");
    }

    private static bool IsPng(ReadOnlySpan<byte> data) => data.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    private static bool IsJpeg(ReadOnlySpan<byte> data) => data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    private static ImageRaster Turned(ReadOnlySpan<byte> rgba, int width, int height, SKEncodedOrigin origin)
    {
        var swapped = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (wide, high) = swapped ? (height, width) : (width, height);
        var pixels = new byte[3 * wide * high];
        for (var y = 0; y < high; y++)
        {
            for (var x = 0; x < wide; x++)
            {
                var (fromX, fromY) = origin switch
                {
                    SKEncodedOrigin.TopRight => (width - 1 - x, y),
                    SKEncodedOrigin.BottomRight => (width - 1 - x, height - 1 - y),
                    SKEncodedOrigin.BottomLeft => (x, height - 1 - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (y, height - 1 - x),
                    SKEncodedOrigin.RightBottom => (width - 1 - y, height - 1 - x),
                    SKEncodedOrigin.LeftBottom => (width - 1 - y, x),
                    _ => (x, y),
                };
                rgba.Slice(4 * ((fromY * width) + fromX), 3).CopyTo(pixels.AsSpan(3 * ((y * wide) + x)));
            }
        }

        return new(wide, high, pixels);
    }
}
