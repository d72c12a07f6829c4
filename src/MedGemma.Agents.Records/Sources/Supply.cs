using System.Collections.Frozen;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Reading;

namespace MedGemma.Agents.Records.Sources;

/// <summary>Works out what one supply of files proves: what its caller and manifests vouch for, less what was lost while reading.</summary>
internal sealed class Supply(ResourceFiles files, CompleteTypes declared)
{
    private readonly Dictionary<string, int> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);
    private bool _anythingLost;

    /// <summary>Types of which something was lost.</summary>
    public IReadOnlySet<string> Lost => _lost;

    /// <summary>True when something was lost whose type is not known, so that no type is complete.</summary>
    public bool LostUnknown => _anythingLost;

    public void Count(ReadResource resource) =>
        _read[resource.Position.File] = _read.GetValueOrDefault(resource.Position.File) + 1;

    public void Count(ReadProblem problem)
    {
        if (problem.Type is null)
            _anythingLost = true;
        else if (problem.Type.Length > 0)
            _lost.Add(problem.Type);
    }

    /// <summary>What is proved in the end.</summary>
    /// <param name="problems">Takes the manifests that are not understood.</param>
    public CompleteTypes Prove(ICollection<ReadProblem> problems)
    {
        CompleteTypes? vouched = null;
        foreach (var manifest in files.Manifests)
        {
            var said = CompletenessManifest.Read(manifest, file => _read.TryGetValue(file, out var count) ? count : files.Files.Contains(file) ? 0 : null);
            if (said is null)
                problems.Add(new ReadProblem(new ReadPosition(manifest), "is not a manifest that is understood", ""));
            vouched = vouched is null ? said ?? CompleteTypes.None : vouched.And(said ?? CompleteTypes.None);
        }

        // What one folder's manifest vouches for says nothing of files elsewhere.
        var coversAll = files.Files.All(HasManifest);
        return Less(vouched is not null && coversAll ? declared.Or(vouched) : declared);
    }

    /// <summary>A receipt for one patient.</summary>
    public static Receipt Receipt(string source, DateTimeOffset readAt, CompleteTypes complete, IEnumerable<string> typesRead, IEnumerable<string> lost)
    {
        var counts = typesRead.CountBy(static type => type).ToDictionary(StringComparer.Ordinal);
        var lostTypes = lost.ToHashSet(StringComparer.Ordinal);
        var types = counts.Keys.Concat(complete.Types).Concat(lostTypes).Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(
                static type => type,
                type => new TypeReceipt(type, counts.GetValueOrDefault(type), null, 1, complete.Contains(type) && !lostTypes.Contains(type), null),
                StringComparer.Ordinal);
        return new Receipt(source, readAt, types, complete.All);
    }

    private CompleteTypes Less(CompleteTypes complete)
    {
        if (_anythingLost)
            return CompleteTypes.None;

        return complete.All ? complete : new CompleteTypes(false, complete.Types.Except(_lost).ToFrozenSet(StringComparer.Ordinal));
    }

    private bool HasManifest(string file)
    {
        var full = Path.GetFullPath(file);
        return files.Manifests.Any(manifest =>
            full.StartsWith(Path.GetDirectoryName(Path.GetFullPath(manifest)) + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }
}
