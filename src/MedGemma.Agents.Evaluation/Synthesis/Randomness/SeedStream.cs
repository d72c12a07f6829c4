using System.Globalization;

namespace MedGemma.Agents.Evaluation.Synthesis.Randomness;

/// <summary>Numbers and ids of one named part of one patient: independent of what other parts draw, so that leaving one out changes no other.</summary>
internal sealed class SeedStream(ulong seed, int patient, string part)
{
    private const ulong FnvOffset = 14695981039346656037UL;
    private const ulong FnvPrime = 1099511628211UL;
    private readonly ulong _name = Mix(seed ^ Mix((ulong)(uint)patient + 1) ^ Hash(part));
    private ulong _minted;

    public Pcg32 Random { get; } = new(Mix(seed ^ Hash(part)), Mix((ulong)(uint)patient) ^ Hash(part));

    /// <summary>The next id, shaped as a UUID of version 4.</summary>
    public string NextId()
    {
        _minted++;
        var high = Mix(_name ^ Mix(_minted));
        var low = Mix(high + _name);
        high = (high & 0xFFFFFFFFFFFF0FFFUL) | 0x4000UL;
        low = (low & 0x3FFFFFFFFFFFFFFFUL) | 0x8000000000000000UL;
        var digits = string.Create(CultureInfo.InvariantCulture, $"{high:x16}{low:x16}");
        return $"{digits[..8]}-{digits[8..12]}-{digits[12..16]}-{digits[16..20]}-{digits[20..]}";
    }

    private static ulong Hash(string text)
    {
        var hash = FnvOffset;
        foreach (var character in text)
            hash = unchecked((hash ^ character) * FnvPrime);
        return hash;
    }

    /// <summary>The finaliser of SplitMix64.</summary>
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15UL;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}
