using System.Globalization;
using System.Text.RegularExpressions;
using MedGemma.Agents.Inference.Models.Gguf;

namespace MedGemma.Agents.Inference.Models;

/// <summary>Finds the files of a split model, which are named <c>NAME-00001-of-00003.gguf</c>.</summary>
internal static partial class ModelShardReader
{
    private const int MostShards = 1024;

    /// <summary>Refuses a file that is one of several and not the first; such files hold tensors and nothing about the model.</summary>
    public static void RefuseLater(GgufContents contents)
    {
        if (Number(contents, "split.no") is { } index and > 0 && Number(contents, "split.count") is { } count and > 1)
            throw Mismatch($"it is the file {index + 1} of {count}; name the first one");
    }

    /// <summary>The contents of all files of a model, the given first one first.</summary>
    public static IReadOnlyList<GgufContents> Read(GgufContents first)
    {
        var count = Number(first, "split.count") ?? 0;
        if (count <= 1)
            return [first];
        if (count > MostShards)
            throw Mismatch($"it says that it is one of {count} files");
        var name = ShardName().Match(Path.GetFileName(first.Path));
        if (!name.Success || int.Parse(name.Groups["count"].Value, CultureInfo.InvariantCulture) != count)
            throw Mismatch($"it is one of {count} files, so its name must end in -00001-of-{count:00000}.gguf");
        if (int.Parse(name.Groups["number"].Value, CultureInfo.InvariantCulture) != 1)
            throw Mismatch($"it is the first of {count} files, but its name says another");

        var folder = Path.GetDirectoryName(first.Path) ?? "";
        GgufContents[] shards = [first, .. Enumerable.Range(1, count - 1).Select(other => Shard(Path.Combine(folder, $"{name.Groups["prefix"].Value}-{other + 1:00000}-of-{count:00000}.gguf"), other, count))];
        var tensors = shards.Sum(shard => shard.Tensors.Count);
        if (first.Metadata.TryGet("split.tensors.count", out var announced) && announced is not GgufValue.Whole { Type: GgufValueType.Int32 } and not GgufValue.Natural { Type: GgufValueType.UInt32 })
            throw Mismatch("split.tensors.count is not a whole number");
        var expected = announced switch { GgufValue.Whole number => number.Value, GgufValue.Natural number => (long)number.Value, _ => -1 };
        return expected == tensors ? shards : throw Mismatch($"its {count} files have {tensors} tensors together, but {expected} are announced");
    }

    private static GgufContents Shard(string path, int index, int count)
    {
        if (!File.Exists(path))
            throw new GgufException(ModelRefusalKind.MissingShard, $"{Path.GetFileName(path)}, the file {index + 1} of {count}, is not beside it");
        GgufContents shard;
        try
        {
            shard = GgufReader.Contents(path);
        }
        catch (GgufException e)
        {
            throw new GgufException(e.Refusal(path).Kind, e.Message, path);
        }

        return Number(shard, "split.no") == index && Number(shard, "split.count") == count
            ? shard
            : throw new GgufException(ModelRefusalKind.ShardMismatch, $"it does not say that it is the file {index + 1} of {count}", path);
    }

    private static int? Number(GgufContents contents, string key)
    {
        if (!contents.Metadata.TryGet(key, out var value))
            return null;
        return value is GgufValue.Natural { Type: GgufValueType.UInt16 } number ? (int)number.Value : throw Mismatch($"{key} is not a whole number of type u16");
    }

    private static GgufException Mismatch(string reason) => new(ModelRefusalKind.ShardMismatch, reason);

    [GeneratedRegex(@"^(?<prefix>.+)-(?<number>\d{5})-of-(?<count>\d{5})\.gguf$")]
    private static partial Regex ShardName();
}
