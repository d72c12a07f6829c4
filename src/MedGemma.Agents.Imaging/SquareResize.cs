namespace MedGemma.Agents.Imaging;

/// <summary>
/// Pads an image with black to a centred square and resizes it bilinearly with antialiasing: when it shrinks, the triangle of weights grows with it, as in Pillow and
/// torchvision. Computed in floating point and rounded to 8 bits once, at the end.
/// </summary>
internal static class SquareResize
{
    /// <summary>Gives red, green and blue of each pixel, row after row.</summary>
    public static byte[] Resize(ImageRaster image, int size)
    {
        var side = Math.Max(image.Width, image.Height);
        var (left, top) = ((side - image.Width) / 2, (side - image.Height) / 2);
        var weights = Weights(side, size);
        var wide = new float[3 * size * image.Height];
        for (var y = 0; y < image.Height; y++)
            Row(image, y, left, weights, wide.AsSpan(3 * size * y, 3 * size));

        var pixels = new byte[3 * size * size];
        var sums = new float[3 * size];
        for (var y = 0; y < size; y++)
        {
            var (first, shares) = weights[y];
            Array.Clear(sums);
            for (var i = 0; i < shares.Length; i++)
            {
                var from = first + i - top;
                if (from < 0 || from >= image.Height)
                    continue;
                var line = wide.AsSpan(3 * size * from, 3 * size);
                for (var x = 0; x < sums.Length; x++)
                    sums[x] += shares[i] * line[x];
            }

            for (var x = 0; x < sums.Length; x++)
                pixels[(3 * size * y) + x] = (byte)Math.Clamp((int)MathF.Floor(sums[x] + 0.5f), 0, 255);
        }

        return pixels;
    }

    private static void Row(ImageRaster image, int y, int left, (int First, float[] Shares)[] weights, Span<float> into)
    {
        var line = image.Pixels.AsSpan(3 * image.Width * y, 3 * image.Width);
        for (var x = 0; x < weights.Length; x++)
        {
            var (first, shares) = weights[x];
            var (red, green, blue) = (0f, 0f, 0f);
            for (var i = Math.Max(0, left - first); i < shares.Length && first + i - left < image.Width; i++)
            {
                var from = 3 * (first + i - left);
                red += shares[i] * line[from];
                green += shares[i] * line[from + 1];
                blue += shares[i] * line[from + 2];
            }

            (into[3 * x], into[(3 * x) + 1], into[(3 * x) + 2]) = (red, green, blue);
        }
    }

    // For each pixel of the result the first pixel that it sees, and the shares of that one and those after it; they add up to 1.
    private static (int First, float[] Shares)[] Weights(int from, int to)
    {
        var scale = (double)from / to;
        var reach = Math.Max(scale, 1);
        var weights = new (int, float[])[to];
        for (var i = 0; i < to; i++)
        {
            var middle = (i + 0.5) * scale;
            var first = Math.Max(0, (int)(middle - reach + 0.5));
            var last = Math.Min(from, (int)(middle + reach + 0.5));
            var shares = new double[last - first];
            for (var j = 0; j < shares.Length; j++)
                shares[j] = Math.Max(0, 1 - Math.Abs((first + j - middle + 0.5) / reach));
            var sum = shares.Sum();
            weights[i] = (first, [.. shares.Select(share => (float)(share / sum))]);
        }

        return weights;
    }
}
