namespace MedGemma.Agents.Imaging;

/// <summary>What came of preparing an image.</summary>
public abstract record PreparedImage
{
    private PreparedImage()
    {
    }

    /// <summary>The image is ready for the tower.</summary>
    /// <param name="Image">Its pixels.</param>
    public sealed record Ready(PixelTensor Image) : PreparedImage;

    /// <summary>The image is not used.</summary>
    /// <param name="Reason">Why, without a full stop: <c>it is cut</c>.</param>
    public sealed record Refused(string Reason) : PreparedImage;
}
