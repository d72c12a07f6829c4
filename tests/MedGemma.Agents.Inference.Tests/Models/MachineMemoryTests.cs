using MedGemma.Agents.Inference.Models.Memory;

namespace MedGemma.Agents.Inference.Tests.Models;

public sealed class MachineMemoryTests : IDisposable
{
    private const string Machine = "MemTotal:       65536000 kB\nMemFree:         1000000 kB\nMemAvailable:   32768000 kB\n";

    private readonly ModelFolder _folder = new();

    [Fact]
    public void Without_limits_it_is_what_the_machine_has_available()
    {
        Put("proc/meminfo", Machine);

        Assert.Equal(new MachineMemory(32_768_000L * 1024, 65_536_000L * 1024, false), MachineMemory.Read(_folder.Path));
    }

    [Fact]
    public void A_limit_of_any_control_group_above_counts_and_cached_files_do_not()
    {
        Put("proc/meminfo", Machine);
        Put("proc/self/cgroup", "0::/hospital.slice/medgemma.service\n");
        Put("sys/fs/cgroup/hospital.slice/memory.max", "8589934592\n");
        Put("sys/fs/cgroup/hospital.slice/memory.current", "6442450944\n");
        Put("sys/fs/cgroup/hospital.slice/memory.stat", "anon 1\ninactive_file 1073741824\n");
        Put("sys/fs/cgroup/hospital.slice/medgemma.service/memory.max", "max\n");
        Put("sys/fs/cgroup/hospital.slice/medgemma.service/memory.current", "6442450944\n");

        Assert.Equal(new MachineMemory(3L << 30, 8L << 30, true), MachineMemory.Read(_folder.Path));
    }

    [Fact]
    public void Files_that_processes_have_mapped_are_no_free_memory_and_shared_memory_is_no_file()
    {
        Put("proc/meminfo", Machine + "Mapped:         9000000 kB\nShmem:          1000000 kB\n");
        Put("proc/self/cgroup", "0::/medgemma.service\n");
        Assert.Equal(24_768_000L * 1024, MachineMemory.Read(_folder.Path)!.Free);

        Put("sys/fs/cgroup/medgemma.service/memory.max", "8589934592\n");
        Put("sys/fs/cgroup/medgemma.service/memory.current", "6442450944\n");
        Put("sys/fs/cgroup/medgemma.service/memory.stat", "inactive_file 3221225472\nfile_mapped 2147483648\nshmem 1073741824\n");

        Assert.Equal(new MachineMemory(4L << 30, 8L << 30, true), MachineMemory.Read(_folder.Path));
    }

    [Fact]
    public void The_first_version_of_control_groups_is_read_too()
    {
        Put("proc/meminfo", Machine);
        Put("proc/self/cgroup", "12:cpu,cpuacct:/x\n5:memory:/medgemma\n");
        Put("sys/fs/cgroup/memory/medgemma/memory.limit_in_bytes", "2147483648\n");
        Put("sys/fs/cgroup/memory/medgemma/memory.usage_in_bytes", "1073741824\n");

        Assert.Equal(new MachineMemory(1L << 30, 2L << 30, true), MachineMemory.Read(_folder.Path));
    }

    [Fact]
    public void Elsewhere_it_is_not_known() => Assert.Null(MachineMemory.Read(_folder.Path));

    [Fact]
    public void This_machine_has_some() => Assert.True(MachineMemory.Read() is null or { Free: > 0 });

    public void Dispose() => _folder.Dispose();

    private void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[path])!);
        File.WriteAllText(_folder[path], text);
    }
}
