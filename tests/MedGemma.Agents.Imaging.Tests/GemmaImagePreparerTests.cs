using System.Buffers.Binary;
using CsCheck;
using SkiaSharp;

namespace MedGemma.Agents.Imaging.Tests;

public sealed class GemmaImagePreparerTests
{
    [Fact]
    public void Colours_come_as_planes_from_minus_one_to_one()
    {
        var image = Ready(Png(4, 4, (_, _) => new SKColor(255, 0, 51)), 4);

        Assert.All(image.Values[..16].ToArray(), value => Assert.Equal(1, value));
        Assert.All(image.Values[16..32].ToArray(), value => Assert.Equal(-1, value));
        Assert.All(image.Values[32..].ToArray(), value => Assert.Equal(-0.6f, value, 1e-6f));
    }

    [Fact]
    public void What_is_transparent_keeps_its_colour() =>
        Assert.Equal(1, Ready(Png(2, 2, (_, _) => new SKColor(255, 255, 255, 3)), 2).Values.Span[0]);

    [Fact]
    public void A_jpeg_is_read()
    {
        using var bitmap = new SKBitmap(16, 16);
        bitmap.Erase(SKColors.Gray);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);

        Assert.All(Ready(data.ToArray(), 8).Values.ToArray(), value => Assert.Equal(SKColors.Gray.Red / 127.5f - 1, value, 0.02f));
    }

    [Fact]
    public void A_jpeg_is_turned_as_the_camera_says()
    {
        // Left half white; orientation 6 says that the camera was turned, so that the top half is.
        using var bitmap = new SKBitmap(16, 16);
        for (var x = 0; x < 16; x++)
        {
            for (var y = 0; y < 16; y++)
                bitmap.SetPixel(x, y, x < 8 ? SKColors.White : SKColors.Black);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 100);
        var turned = Ready(WithOrientation(data.ToArray(), 6), 16).Values.ToArray();

        Assert.True(turned[(2 * 16) + 2] > 0.9f && turned[(2 * 16) + 13] > 0.9f);
        Assert.True(turned[(13 * 16) + 2] < -0.9f && turned[(13 * 16) + 13] < -0.9f);
    }

    [Fact]
    public void What_is_no_image_or_cut_is_refused()
    {
        var whole = Png(64, 64, (x, y) => new SKColor((byte)(x * y), (byte)x, (byte)y));

        Assert.Equal("it is neither PNG nor JPEG", Refused("GIF89a"u8.ToArray()));
        Assert.Equal("it is neither PNG nor JPEG", Refused([]));
        Assert.Equal("it is cut", Refused(whole[..(whole.Length / 2)]));
    }

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        var bomb = Png(1, 1, (_, _) => SKColors.Black);
        new byte[] { 0, 1, 0, 0, 0, 1, 0, 0 }.CopyTo(bomb, 16);
        BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), Checksum(bomb.AsSpan(12, 17)));

        Assert.Equal("it has 65536 x 65536 pixels; at most 100 million are read", Refused(bomb));
    }

    [Fact]
    public void Damage_never_throws()
    {
        var whole = Png(20, 12, (x, y) => new SKColor((byte)(x * 12), (byte)(y * 20), 7));
        Gen.Select(Gen.Int[8, whole.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var damaged = whole.ToArray();
                foreach (var (place, value) in changes)
                    damaged[place] = value;
                Assert.NotNull(GemmaImagePreparer.Prepare(damaged, 8));
            },
            iter: 500);
    }

    private static PixelTensor Ready(byte[] data, int size) => Assert.IsType<PreparedImage.Ready>(GemmaImagePreparer.Prepare(data, size)).Image;

    private static string Refused(byte[] data) => Assert.IsType<PreparedImage.Refused>(GemmaImagePreparer.Prepare(data, 8)).Reason;

    private static byte[] Png(int width, int height, Func<int, int, SKColor> colour)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++)
                bitmap.SetPixel(x, y, colour(x, y));
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static uint Checksum(ReadOnlySpan<byte> chunk)
    {
        var checksum = uint.MaxValue;
        foreach (var value in chunk)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
                checksum = (checksum >> 1) ^ ((checksum & 1) == 1 ? 0xEDB88320 : 0);
        }

        return ~checksum;
    }

    // An APP1 segment with one EXIF entry, put after the start of the image.
    private static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif = [.. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }
}
