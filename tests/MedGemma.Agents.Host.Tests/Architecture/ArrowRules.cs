namespace MedGemma.Agents.Host.Tests.Architecture;

/// <summary>Which room of <c>src</c> may know which others. The host is the only composition root, so nothing may know it.</summary>
internal static class ArrowRules
{
    /// <summary>The assembly name of the host, which is that of its executable.</summary>
    public const string Host = "medgemma";

    private const string Prefix = "MedGemma.Agents.";

    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Records"] = [],
        ["Imaging"] = ["Records"],
        ["Smart"] = ["Records"],
        ["Inference"] = ["Imaging"],
        ["Planning"] = ["Records"],
        ["Sessions"] = ["Planning", "Records"],
        ["Evaluation"] = ["Planning", "Records"],
        ["Host"] = ["Records", "Imaging", "Smart", "Inference", "Planning", "Sessions", "Evaluation"],
    };

    /// <summary>The assembly that the project in <paramref name="folder"/> of <c>src</c> makes.</summary>
    public static string AssemblyOf(string folder) => folder == Prefix + "Host" ? Host : folder;

    /// <summary>The arrows that are not allowed among what <paramref name="assembly"/> refers to; other people's assemblies do not count.</summary>
    public static IReadOnlyList<string> Broken(string assembly, IEnumerable<string> references)
    {
        var room = RoomOf(assembly);
        if (room is null || !Arrows.TryGetValue(room, out var known))
            return [$"{assembly} has no place among the arrows"];

        return [.. references.Select(RoomOf).OfType<string>().Where(other => !known.Contains(other)).Select(other => $"{room} -> {other}")];
    }

    /// <summary>The friends of <paramref name="assembly"/> that are not tests: through them a room would know more than is public.</summary>
    public static IReadOnlyList<string> Friends(string assembly, IEnumerable<string> friends) =>
        [.. friends.Where(friend => !friend.EndsWith(".Tests", StringComparison.Ordinal) && friend != "Benchmarks").Select(friend => $"{friend} sees the internals of {assembly}")];

    private static string? RoomOf(string assembly) =>
        assembly == Host ? "Host"
        : assembly.StartsWith(Prefix, StringComparison.Ordinal) ? assembly[Prefix.Length..]
        : null;
}
