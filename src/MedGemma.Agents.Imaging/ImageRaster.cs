namespace MedGemma.Agents.Imaging;

/// <summary>A decoded image: red, green and blue of each pixel, row after row.</summary>
internal sealed record ImageRaster(int Width, int Height, byte[] Pixels);
