using System.Text.Json;
using MedGemma.Agents.Records.Model;

namespace MedGemma.Agents.Sessions.Records;

/// <summary>What a turn keeps of the record that it read, so that it can be read again as it was.</summary>
/// <param name="Source">Name of the source.</param>
/// <param name="ChangeToken">The source's change token from before the read.</param>
/// <param name="Resources">Number of the patient's resources.</param>
/// <param name="Sha256">Digest of their references and versions.</param>
/// <param name="Content">Digest of their bytes and of those that support them; null in turns of before it was kept.</param>
/// <param name="Own">Their versions as <c>Type/id version</c>, in the order of the source; null where an earlier turn of the session with the same <paramref name="Content"/> lists them.</param>
/// <param name="Supporting">Those of the resources that support them.</param>
internal sealed record KeptRecord(
    string Source, string ChangeToken, int Resources, string Sha256, string? Content, IReadOnlyList<string>? Own, IReadOnlyList<string>? Supporting)
{
    public static KeptRecord Of(string source, CachedRecord cached, bool isListed) => new(
        source,
        cached.ChangeToken,
        cached.Record.Resources.Length,
        cached.Digest,
        cached.Content,
        isListed ? null : [.. cached.Record.Resources.OrderBy(resource => resource.Position).Select(Line)],
        isListed ? null : [.. cached.Record.Supporting.OrderBy(resource => resource.Position).Select(Line)]);

    public static KeptRecord? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<KeptRecord>(json, JsonSerializerOptions.Web);

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Reads lines of <see cref="Own"/> or <see cref="Supporting"/>.</summary>
    /// <exception cref="InvalidDataException">A line is none.</exception>
    public static List<ResourceVersion> Versions(IReadOnlyList<string> lines)
    {
        var versions = new List<ResourceVersion>(lines.Count);
        foreach (var line in lines)
        {
            var slash = line.IndexOf('/', StringComparison.Ordinal);
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (slash < 0 || space < slash)
                throw new InvalidDataException("A turn lists what is no version of a resource.");

            versions.Add(new ResourceVersion(new ResourceKey(line[..slash], line[(slash + 1)..space]), line[(space + 1)..]));
        }

        return versions;
    }

    private static string Line(RecordResource resource) => $"{resource.Key} {resource.Version}";
}
