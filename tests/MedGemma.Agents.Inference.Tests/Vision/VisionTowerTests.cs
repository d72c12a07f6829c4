using MedGemma.Agents.Imaging;
using MedGemma.Agents.Inference.Llama;
using MedGemma.Agents.Inference.Models;
using MedGemma.Agents.Inference.Models.Gguf;
using MedGemma.Agents.Inference.Tests.Models;
using MedGemma.Agents.Inference.Vision;
using MedGemma.Agents.TinyModels;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Inference.Tests.Vision;

public sealed class VisionTowerTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public static TheoryData<VisionShape> Shapes() =>
        [VisionShape.Tiny, new VisionShape(24, 3, 2, 32, 64, 2, 2, 40), new VisionShape(20, 5, 4, 36, 48, 3, 1, 64), new VisionShape(16, 2, 1, 32, 32, 1, 2, 32)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Soft_tokens_are_those_of_an_independent_computation(VisionShape shape)
    {
        var file = TinyVision.Create(shape);
        using var tower = Load(file);
        var pixels = Pixels(shape, 5);

        var found = tower.Encode(new PixelTensor(shape.ImageSize, pixels));

        var expected = new SiglipReference(file, shape).Encode(pixels).SelectMany(token => token).ToArray();
        Assert.Equal(expected.Length, found.Length);
        Assert.InRange(expected.Zip(found, (one, other) => Math.Abs(one - other)).Max(), 0, 1e-3);
        Assert.True(expected.Max() - expected.Min() > 1, "The tokens are all alike, so that nothing was compared.");
    }

    [Fact]
    public void Weights_of_16_bits_give_nearly_the_same_and_threads_change_nothing()
    {
        var exact = Encode(TinyVision.Create(VisionShape.Tiny), 1);

        Assert.InRange(exact.Zip(Encode(TinyVision.Create(VisionShape.Tiny, GgmlType.F16), 1), (one, other) => Math.Abs(one - other)).Max(), 1e-6, 0.05);
        Assert.Equal(exact, Encode(TinyVision.Create(VisionShape.Tiny), 2));
    }

    [Fact]
    public void A_tower_gives_the_same_for_the_same_image_again()
    {
        using var tower = Load(TinyVision.Create(VisionShape.Tiny));
        var first = tower.Encode(new PixelTensor(32, Pixels(VisionShape.Tiny, 1)));
        var other = tower.Encode(new PixelTensor(32, Pixels(VisionShape.Tiny, 2)));

        Assert.Equal(first, tower.Encode(new PixelTensor(32, Pixels(VisionShape.Tiny, 1))));
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Heads_taken_one_after_the_other_give_the_same_in_less_room()
    {
        var shape = new VisionShape(64, 2, 4, 32, 32, 4, 1, 16);
        var file = TinyVision.Create(shape);
        var image = new PixelTensor(shape.ImageSize, Pixels(shape, 3));
        using var together = Load(file);
        using var apart = Load(file, mostScoreBytes: 1);

        Assert.Equal(together.Encode(image), apart.Encode(image));
        Assert.True(apart.ComputeBytes < together.ComputeBytes / 2, $"{apart.ComputeBytes} bytes are not much less than {together.ComputeBytes}.");
    }

    [Fact]
    public void An_image_of_another_size_is_refused()
    {
        using var tower = Load(TinyVision.Create(VisionShape.Tiny));

        Assert.Throws<ArgumentException>(() => tower.Encode(new PixelTensor(16, new float[3 * 16 * 16])));
    }

    public void Dispose() => _folder.Dispose();

    private static float[] Pixels(VisionShape shape, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 3 * shape.ImageSize * shape.ImageSize).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private float[] Encode(GgufFile file, int threads)
    {
        using var tower = Load(file, threads);
        return tower.Encode(new PixelTensor(32, Pixels(VisionShape.Tiny, 1)));
    }

    private VisionTower Load(GgufFile file, int threads = 1, long mostScoreBytes = TowerGraph.MostScoreBytes)
    {
        var accepted = Assert.IsType<ModelFileResult<VisionFile>.Accepted>(ModelFileReader.ReadVision(_folder.Write(file, $"{Guid.NewGuid():N}.gguf"))).File;
        return VisionTower.Load(LlamaRuntime.Start(NullLogger.Instance), accepted, threads, null, mostScoreBytes);
    }
}
