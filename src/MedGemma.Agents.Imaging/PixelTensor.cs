namespace MedGemma.Agents.Imaging;

/// <summary>A square image as a model's tower takes it: the seam between preparing images and encoding them.</summary>
public sealed record PixelTensor
{
    /// <summary>Takes the values over.</summary>
    /// <param name="size">Pixels along each side.</param>
    /// <param name="values">Red, then green, then blue; of each, row after row; -1 for black to 1 for full, as (x / 255 - 0.5) / 0.5.</param>
    /// <exception cref="ArgumentException">There are not as many values as pixels.</exception>
    public PixelTensor(int size, ReadOnlyMemory<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (values.Length != 3L * size * size)
            throw new ArgumentException($"An image of {size} pixels a side has {3L * size * size} values, not {values.Length}.", nameof(values));
        Size = size;
        Values = values;
    }

    /// <summary>Pixels along each side.</summary>
    public int Size { get; }

    /// <summary>Red, then green, then blue; of each, row after row.</summary>
    public ReadOnlyMemory<float> Values { get; }
}
