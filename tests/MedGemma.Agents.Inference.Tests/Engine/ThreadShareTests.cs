using MedGemma.Agents.Inference.Engine;

namespace MedGemma.Agents.Inference.Tests.Engine;

public sealed class ThreadShareTests
{
    [Theory]
    [InlineData(null, false, 15, 15, 0)]
    [InlineData(64, false, 15, 15, 0)]
    [InlineData(4, false, 15, 4, 0)]
    [InlineData(null, true, 15, 8, 7)]
    [InlineData(4, true, 15, 2, 2)]
    [InlineData(null, true, 1, 1, 1)]
    public void Text_and_images_have_cores_of_their_own(int? asked, bool towerOnProcessor, int most, int decode, int vision) =>
        Assert.Equal(new ThreadShare(decode, vision), ThreadShare.Of(asked, towerOnProcessor, most));
}
