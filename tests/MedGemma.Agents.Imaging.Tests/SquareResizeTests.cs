using CsCheck;

namespace MedGemma.Agents.Imaging.Tests;

/// <summary>Against a computation of each pixel by itself, from the definition: the triangle filter over the padded square, stretched when the image shrinks.</summary>
public sealed class SquareResizeTests
{
    [Fact]
    public void Every_pixel_is_the_weighted_mean_of_those_under_its_triangle() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 30], Gen.Int).Sample(
            (width, height, size, seed) =>
            {
                var pixels = new byte[3 * width * height];
                new Random(seed).NextBytes(pixels);
                var image = new ImageRaster(width, height, pixels);

                var resized = SquareResize.Resize(image, size);

                for (var y = 0; y < size; y++)
                {
                    for (var x = 0; x < size; x++)
                    {
                        for (var colour = 0; colour < 3; colour++)
                            Assert.InRange(resized[(((y * size) + x) * 3) + colour] - Defined(image, size, x, y, colour), -0.501, 0.501);
                    }
                }
            },
            iter: 200);

    [Fact]
    public void An_image_of_the_right_size_is_left_alone()
    {
        var pixels = new byte[3 * 16 * 16];
        new Random(1).NextBytes(pixels);

        Assert.Equal(pixels, SquareResize.Resize(new ImageRaster(16, 16, pixels), 16));
    }

    [Fact]
    public void A_wide_image_lies_in_the_middle_between_black()
    {
        var white = new byte[3 * 8 * 2];
        white.AsSpan().Fill(255);

        var resized = SquareResize.Resize(new ImageRaster(8, 2, white), 8);

        Assert.All(Enumerable.Range(0, 8), row => Assert.All(resized[(row * 24)..((row + 1) * 24)], value => Assert.Equal(row is 3 or 4 ? 255 : 0, value)));
    }

    private static double Defined(ImageRaster image, int size, int x, int y, int colour)
    {
        var side = Math.Max(image.Width, image.Height);
        var scale = (double)side / size;
        var reach = Math.Max(1, scale);
        var (middleX, middleY) = ((x + 0.5) * scale, (y + 0.5) * scale);
        double sum = 0, weights = 0;
        for (var fromY = 0; fromY < side; fromY++)
        {
            for (var fromX = 0; fromX < side; fromX++)
            {
                var weight = Math.Max(0, 1 - (Math.Abs(fromX + 0.5 - middleX) / reach)) * Math.Max(0, 1 - (Math.Abs(fromY + 0.5 - middleY) / reach));
                weights += weight;
                var (imageX, imageY) = (fromX - ((side - image.Width) / 2), fromY - ((side - image.Height) / 2));
                if (imageX >= 0 && imageX < image.Width && imageY >= 0 && imageY < image.Height)
                    sum += weight * image.Pixels[(3 * ((imageY * image.Width) + imageX)) + colour];
            }
        }

        return sum / weights;
    }
}
