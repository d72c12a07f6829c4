using System.Globalization;

namespace MedGemma.Agents.Host.Commands;

/// <summary>Numbers with what they count, for people.</summary>
internal static class Amount
{
    /// <summary><c>1 line</c>, <c>2,000 lines</c>.</summary>
    public static string Of(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");

    /// <summary>The verb that goes with it.</summary>
    public static string Was(long count) => count == 1 ? "was" : "were";
}
