namespace MedGemma.Agents.TinyModels;

/// <summary>Random values that depend on nothing but a seed, the tensor's name and the row.</summary>
/// <param name="seed">The seed.</param>
public sealed class SeededValues(int seed)
{
    /// <summary>Values about zero with the given standard deviation (a triangular distribution: quick, and bounded).</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="deviation">The standard deviation.</param>
    public RowValues About(string name, float deviation)
    {
        var start = (ulong)(uint)seed << 32 ^ Fold(name);
        var scale = deviation * MathF.Sqrt(6) / 65536;
        return (row, values) =>
        {
            var state = Mixed(start + (ulong)row * 0x9E3779B97F4A7C15);
            for (var i = 0; i < values.Length; i++)
            {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                values[i] = ((int)(state >> 16 & 0xFFFF) + (int)(state >> 40 & 0xFFFF) - 65535) * scale;
            }
        };
    }

    /// <summary>The same value everywhere.</summary>
    public static RowValues All(float value) => (_, values) => values.Fill(value);

    private static uint Fold(string name) => name.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u);

    private static ulong Mixed(ulong value)
    {
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
        value = (value ^ value >> 27) * 0x94D049BB133111EB;
        return (value ^ value >> 31) | 1;
    }
}
