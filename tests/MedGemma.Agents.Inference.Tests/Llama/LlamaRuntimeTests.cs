using MedGemma.Agents.Inference.Llama;
using Microsoft.Extensions.Logging.Abstractions;

namespace MedGemma.Agents.Inference.Tests.Llama;

public sealed class LlamaRuntimeTests
{
    [Fact]
    public void The_engine_that_the_build_restored_starts_and_finds_the_processor()
    {
        var runtime = LlamaRuntime.Start(NullLogger.Instance);

        Assert.Equal(LlamaAbi.Version, runtime.Version);
        var processor = Assert.Single(runtime.Devices, device => device.Kind == LlamaDeviceKind.Cpu);
        Assert.True(processor.Memory().Total > 0);
        Assert.Same(runtime, LlamaRuntime.Start(NullLogger.Instance));
    }

    [Fact]
    public void Structs_and_defaults_are_those_that_the_binding_was_written_for()
    {
        _ = LlamaRuntime.Start(NullLogger.Instance);

        Assert.Null(LlamaAbi.Mismatch(LlamaAbi.Version));
    }

    [Fact]
    public void Another_version_is_refused() => Assert.Equal("the version is another", LlamaAbi.Mismatch("0.4.9"));

    [Fact]
    public void Libraries_for_the_processor_say_which_of_them_run_here()
    {
        var libraries = LlamaRuntime.Start(NullLogger.Instance).CpuLibraries();

        Assert.Contains(libraries, library => library is { Name: "x64", Usable: true });
        Assert.Equal(libraries.OrderByDescending(library => library.Score).Select(library => library.Name).First(), libraries[0].Name);
    }

    [Fact]
    public void Another_library_than_the_engine_was_started_with_is_refused()
    {
        _ = LlamaRuntime.Start(NullLogger.Instance);

        Assert.Throws<InvalidOperationException>(() => LlamaRuntime.Start(NullLogger.Instance, "sse42"));
    }

    [Fact]
    public void Every_cuda_generation_says_what_it_lacks()
    {
        var runtime = LlamaRuntime.Start(NullLogger.Instance);

        Assert.Equal([13, 12], runtime.Cuda.Select(variant => variant.Major));
        Assert.All(runtime.Cuda, variant => Assert.Equal(variant.Usable, variant.Installed && variant.MissingLibraries.Count == 0));
    }
}
