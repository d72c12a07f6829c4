using System.Globalization;

namespace MedGemma.Agents.Inference.Models.Memory;

/// <summary>Main memory that this process may still take: what the machine has free, or less where a control group limits it.</summary>
/// <param name="Free">Bytes free, or used for nothing but cached files. Files that processes have mapped are not: another model's weights would be read from the disk again at each step.</param>
/// <param name="Total">Bytes in all.</param>
/// <param name="Limited">Whether a control group is what limits it.</param>
public sealed record MachineMemory(long Free, long Total, bool Limited)
{
    /// <summary>Looks now.</summary>
    /// <returns>The memory, or null where the system does not tell it as Linux does.</returns>
    public static MachineMemory? Read() => Read("/");

    /// <summary>Looks below another root, for tests.</summary>
    internal static MachineMemory? Read(string root)
    {
        var machine = Lines(Path.Combine(root, "proc/meminfo"), ':');
        if (Kilobytes(machine, "MemAvailable") is not { } free || Kilobytes(machine, "MemTotal") is not { } total)
            return null;

        var mapped = Math.Max(0, (Kilobytes(machine, "Mapped") ?? 0) - (Kilobytes(machine, "Shmem") ?? 0));
        var memory = new MachineMemory(Math.Max(0, free - mapped), total, false);
        foreach (var group in Groups(root))
        {
            if (group.Limit is { } limit && limit < total && group.Used is { } used)
            {
                var left = Math.Max(0, limit - used + group.Cached);
                if (left < memory.Free)
                    memory = new(left, Math.Min(limit, memory.Total), true);
            }
        }

        return memory;
    }

    // A process is limited by its own control group and by every one above it.
    private static IEnumerable<(long? Limit, long? Used, long Cached)> Groups(string root)
    {
        foreach (var line in ReadLines(Path.Combine(root, "proc/self/cgroup")))
        {
            var parts = line.Split(':', 3);
            if (parts.Length != 3)
                continue;
            var second = parts[1].Length == 0;
            if (!second && !parts[1].Split(',').Contains("memory"))
                continue;

            var mount = Path.Combine(root, second ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
            for (var path = parts[2].Trim('/'); ; path = path.Contains('/') ? path[..path.LastIndexOf('/')] : "")
            {
                var folder = Path.Combine(mount, path);
                yield return second
                    ? (Number(folder, "memory.max"), Number(folder, "memory.current"), Cached(folder, "inactive_file", "file_mapped", "shmem"))
                    : (Number(folder, "memory.limit_in_bytes"), Number(folder, "memory.usage_in_bytes"), Cached(folder, "total_inactive_file", "total_mapped_file", "total_shmem"));
                if (path.Length == 0)
                    break;
            }
        }
    }

    private static long? Number(string folder, string file) =>
        ReadLines(Path.Combine(folder, file)) is [var line, ..] && long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Shared memory is mapped, but among no files.
    private static long Cached(string folder, string cached, string mapped, string shared)
    {
        var lines = Lines(Path.Combine(folder, "memory.stat"), ' ');
        return Math.Max(0, Bytes(cached) - Math.Max(0, Bytes(mapped) - Bytes(shared)));

        long Bytes(string key) => lines.TryGetValue(key, out var value) && long.TryParse(value, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
    }

    private static long? Kilobytes(Dictionary<string, string> lines, string key) =>
        lines.TryGetValue(key, out var value) && long.TryParse(value.Split(' ')[0], CultureInfo.InvariantCulture, out var number) ? number * 1024 : null;

    private static Dictionary<string, string> Lines(string path, char separator) =>
        ReadLines(path).Select(line => line.Split(separator, 2)).Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First()[1].Trim(), StringComparer.Ordinal);

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
