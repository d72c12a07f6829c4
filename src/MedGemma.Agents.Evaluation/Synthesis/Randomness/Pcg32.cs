namespace MedGemma.Agents.Evaluation.Synthesis.Randomness;

/// <summary>
/// The PCG-XSH-RR 64/32 generator (<see href="https://www.pcg-random.org/"/>). Integer arithmetic only, so that a seed gives the same numbers on every
/// machine and runtime; <see cref="System.Random"/> promises neither. Not safe for concurrent use.
/// </summary>
internal sealed class Pcg32
{
    private const ulong Multiplier = 6364136223846793005UL;
    private readonly ulong _increment;
    private ulong _state;

    public Pcg32(ulong seed, ulong stream)
    {
        _increment = (stream << 1) | 1;
        Step();
        _state += seed;
        Step();
    }

    public uint NextUInt32()
    {
        var old = _state;
        Step();
        var shifted = (uint)(((old >> 18) ^ old) >> 27);
        var rotation = (int)(old >> 59);
        return (shifted >> rotation) | (shifted << (-rotation & 31));
    }

    public int Next(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMax, 1);
        var bound = (uint)exclusiveMax;
        var threshold = (uint)-bound % bound;
        while (true)
        {
            var value = NextUInt32();
            if (value >= threshold)
                return (int)(value % bound);
        }
    }

    public int Between(int min, int max) => min + Next(max - min + 1);

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Next(choices.Count)];

    /// <summary>A bell-shaped deviation within <paramref name="spread"/> of zero. A sum of uniforms, because logarithms and cosines differ between machines.</summary>
    public decimal Noise(decimal spread)
    {
        var sum = Next(1001) + Next(1001) + Next(1001) + Next(1001) - 2000;
        return spread * sum / 2000m;
    }

    private void Step() => _state = unchecked((_state * Multiplier) + _increment);
}
