using System.Text.Json;

namespace MedGemma.Agents.Planning.Tests.Isolation;

/// <summary>Whose each resource of a folder is, read from its JSON alone so that nothing of the program under test decides it.</summary>
internal sealed class ResourceOwners
{
    private readonly Dictionary<string, string?> _owners = new(StringComparer.Ordinal);

    public ResourceOwners(string folder)
    {
        foreach (var file in Directory.GetFiles(folder).Where(file => !file.EndsWith("manifest.json", StringComparison.Ordinal)))
            foreach (var line in file.EndsWith(".ndjson", StringComparison.Ordinal) ? File.ReadAllLines(file) : [File.ReadAllText(file)])
                Take(line);
    }

    public IEnumerable<string> Patients => _owners.Where(pair => pair.Key.StartsWith("Patient/", StringComparison.Ordinal)).Select(pair => pair.Key["Patient/".Length..]);

    /// <summary>Whether a patient's answers may rest on it: it is the patient's, or nobody's.</summary>
    public bool MayServe(string reference, string patient) => _owners.TryGetValue(reference, out var owner) && (owner is null || owner == patient);

    /// <summary>Ids of resources that are another patient's, and of the other patients.</summary>
    public IEnumerable<string> IdsOfOthers(string patient) =>
        _owners.Where(pair => pair.Value is { } owner && owner != patient).Select(pair => pair.Key[(pair.Key.IndexOf('/', StringComparison.Ordinal) + 1)..]);

    private void Take(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.GetProperty("resourceType").GetString() != "Bundle")
        {
            Take(root);
            return;
        }

        foreach (var entry in root.GetProperty("entry").EnumerateArray())
            Take(entry.GetProperty("resource"));
    }

    private void Take(JsonElement resource)
    {
        var type = resource.GetProperty("resourceType").GetString()!;
        var id = resource.GetProperty("id").GetString()!;
        _owners.Add($"{type}/{id}", type == "Patient" ? id : OwnerOf(resource));
    }

    private static string? OwnerOf(JsonElement resource)
    {
        foreach (var member in (string[])["subject", "patient", "beneficiary"])
        {
            if (resource.TryGetProperty(member, out var subject) && subject.TryGetProperty("reference", out var reference))
                return reference.GetString()!.Split('/', ':')[^1];
        }

        // An appointment names its patient among the participants.
        if (resource.TryGetProperty("participant", out var participants))
        {
            foreach (var participant in participants.EnumerateArray())
                if (participant.TryGetProperty("actor", out var actor) && actor.GetProperty("reference").GetString() is { } who && participant.GetRawText().Contains("Patient", StringComparison.Ordinal))
                    return who.Split('/', ':')[^1];
        }

        return null;
    }
}
