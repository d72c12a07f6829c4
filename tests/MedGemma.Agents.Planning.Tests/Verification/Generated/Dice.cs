using System.Globalization;

namespace MedGemma.Agents.Planning.Tests.Verification.Generated;

/// <summary>The choices of one generated scenario, decided by a seed.</summary>
internal sealed class Dice(int seed)
{
    private uint _state = (uint)seed * 2654435761u + 12345u;

    private static readonly string[] s_formats = ["yyyy-MM-dd", "d MMMM yyyy", "dd MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy"];

    public int Next(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state % (uint)below);
    }

    public T Pick<T>(params T[] choices) => choices[Next(choices.Length)];

    public T PickOther<T>(T not, params T[] choices)
    {
        var others = choices.Where(choice => !Equals(choice, not)).ToArray();
        return others[Next(others.Length)];
    }

    public DateTime Day() => new DateTime(2150, 1, 1).AddDays(Next(14_000));

    public string Write(DateTime day, string? format = null) => day.ToString(format ?? s_formats[Next(s_formats.Length)], CultureInfo.InvariantCulture);

    /// <summary>A number with a digit changed.</summary>
    public string OtherDigit(string number)
    {
        var places = Enumerable.Range(0, number.Length).Where(index => char.IsAsciiDigit(number[index])).ToArray();
        var place = places[Next(places.Length)];
        var digit = (char)('0' + ((number[place] - '0' + 1 + Next(9)) % 10));
        return number[..place] + digit + number[(place + 1)..];
    }
}
