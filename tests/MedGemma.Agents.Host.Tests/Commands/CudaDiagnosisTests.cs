using MedGemma.Agents.Host.Commands;
using MedGemma.Agents.Inference.Llama;

namespace MedGemma.Agents.Host.Tests.Commands;

/// <summary>
/// Package names are those of Debian 13 (apt-cache policy: nvidia-driver 550.163, libcudart12 and libcublas12 12.4 in non-free; the backend of CUDA 12 was loaded with them) and of
/// NVIDIA's repository.
/// </summary>
public sealed class CudaDiagnosisTests
{
    private const string Debian = "   (Debian's components contrib and non-free)";
    private const string Nvidia = "   (NVIDIA's package repository, https://developer.nvidia.com/cuda-downloads)";

    [Fact]
    public void Without_anything_one_line_says_what_is_missing_and_two_commands_bring_it()
    {
        var found = Of(installed: false, "debian 13", hasCard: false, "libcuda.so.1", "libcudart", "libcublas");

        Assert.False(found.IsUsable);
        Assert.Equal("an NVIDIA graphics card, the engine's CUDA libraries, libcuda.so.1, libcudart.so.12, libcublas.so.12: models run on the processor", found.Text);
        Assert.Equal([$"sh '{Path.Combine(AppContext.BaseDirectory, "natives", "restore.sh")}' --cuda", "apt-get install nvidia-driver libcudart12 libcublas12" + Debian], found.Commands);
    }

    [Theory]
    [InlineData("debian 12")]
    [InlineData("ubuntu 24.04")]
    [InlineData("")]
    public void Where_the_system_has_no_such_packages_NVIDIAs_are_named(string distribution)
    {
        var found = Of(installed: true, distribution, hasCard: true, "libcuda.so.1", "libcudart", "libcublas");

        Assert.Equal("libcuda.so.1, libcudart.so.13, libcublas.so.13: models run on the processor", found.Text);
        Assert.Equal(["apt-get install nvidia-open cuda-cudart-13-0 libcublas-13-0" + Nvidia], found.Commands);
    }

    [Fact]
    public void The_generation_that_lacks_less_is_spoken_of()
    {
        var found = CudaDiagnosis.Of(
            [new CudaVariant(13, true, ["libcudart.so.13", "libcublas.so.13"]), new CudaVariant(12, true, ["libcublas.so.12"])], loaded: null, gpus: 0, hasCard: true, "ubuntu 24.04");

        Assert.Equal("libcublas.so.12: models run on the processor", found.Text);
        Assert.Equal(["apt-get install libcublas-12-8" + Nvidia], found.Commands);
    }

    [Theory]
    [InlineData(true, "a graphics card that answers the driver: models run on the processor", "nvidia-smi")]
    [InlineData(false, "an NVIDIA graphics card: models run on the processor")]
    public void Libraries_alone_are_not_called_usable(bool hasCard, string text, params string[] commands)
    {
        var variant = new CudaVariant(12, true, []);

        var found = CudaDiagnosis.Of([variant], variant, gpus: 0, hasCard, "debian 13");

        Assert.Equal((false, text), (found.IsUsable, found.Text));
        Assert.Equal(commands, found.Commands);
    }

    [Fact]
    public void With_a_card_that_answers_it_is_in_use()
    {
        var variant = new CudaVariant(13, true, []);

        Assert.Equal((true, "generation 13 in use"), (CudaDiagnosis.Of([variant], variant, 1, true, "").IsUsable, CudaDiagnosis.Of([variant], variant, 1, true, "").Text));
    }

    [Fact]
    public void Cards_and_the_system_are_read_as_Linux_says_them()
    {
        var folder = Directory.CreateTempSubdirectory("pci-");
        try
        {
            Assert.False(CudaDiagnosis.HasCard(folder.FullName));
            Add("0000:00:01.0", "0x10de", "0x040300"); // The sound of a card.
            Add("0000:00:02.0", "0x8086", "0x030000");
            Assert.False(CudaDiagnosis.HasCard(folder.FullName));
            Add("0000:00:03.0", "0x10de", "0x030200");
            Assert.True(CudaDiagnosis.HasCard(folder.FullName));

            var release = Path.Combine(folder.FullName, "os-release");
            File.WriteAllText(release, "PRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nVERSION_ID=\"13\"\nID=debian\n");
            Assert.Equal("debian 13", CudaDiagnosis.ReadDistribution(release));
            Assert.Equal("", CudaDiagnosis.ReadDistribution(release + ".none"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Add(string name, string vendor, string kind)
        {
            var device = folder.CreateSubdirectory(name).FullName;
            File.WriteAllText(Path.Combine(device, "vendor"), vendor + "\n");
            File.WriteAllText(Path.Combine(device, "class"), kind + "\n");
        }
    }

    private static CudaDiagnosis Of(bool installed, string distribution, bool hasCard, params string[] missing) => CudaDiagnosis.Of(
        [.. new[] { 13, 12 }.Select(major => new CudaVariant(major, installed, [.. missing.Select(library => library.Contains(".so", StringComparison.Ordinal) ? library : $"{library}.so.{major}")]))],
        loaded: null, gpus: 0, hasCard, distribution);
}
