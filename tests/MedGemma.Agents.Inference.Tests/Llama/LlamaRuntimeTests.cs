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
    public void Every_cuda_generation_says_what_it_lacks()
    {
        var runtime = LlamaRuntime.Start(NullLogger.Instance);

        Assert.Equal([13, 12], runtime.Cuda.Select(variant => variant.Major));
        Assert.All(runtime.Cuda, variant => Assert.Equal(variant.Usable, variant.Installed && variant.MissingLibraries.Count == 0));
    }
}
