using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Records.Building;

/// <summary>Lists the resources of each kind in the record's order.</summary>
internal static class KindIndexing
{
    public static ImmutableDictionary<RecordKind, ImmutableArray<RecordResource>> Of(ImmutableArray<RecordResource> resources)
    {
        var lists = new Dictionary<RecordKind, List<RecordResource>>();
        foreach (var resource in resources)
        {
            foreach (var kind in resource.Kinds)
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, kind, out _);
                (list ??= []).Add(resource);
            }
        }

        return lists.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToImmutableArray());
    }

    /// <summary>The kinds in a set of bits, one for each <see cref="RecordKind"/>.</summary>
    public static ImmutableArray<RecordKind> Expand(ulong bits)
    {
        var kinds = ImmutableArray.CreateBuilder<RecordKind>(BitOperations.PopCount(bits));
        for (; bits != 0; bits &= bits - 1)
            kinds.Add((RecordKind)BitOperations.TrailingZeroCount(bits));

        return kinds.MoveToImmutable();
    }
}
