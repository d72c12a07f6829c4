using System.Threading.Channels;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.TinyModels;

namespace MedGemma.Agents.Inference.Tests.Engine;

/// <summary>Says when it begins an image, and ends it when it is told to.</summary>
internal sealed class HeldEncoder : IImageEncoder, IDisposable
{
    private readonly Channel<byte> _begun = Channel.CreateUnbounded<byte>();
    private readonly SemaphoreSlim _may = new(0);

    public int TokensPerImage => 4;

    /// <summary>The first bytes of the images, as they are begun.</summary>
    public ChannelReader<byte> Begun => _begun.Reader;

    /// <summary>Lets so many images be done.</summary>
    public void Release(int images) => _may.Release(images);

    public ReadOnlyMemory<float> Encode(ReadOnlyMemory<byte> data, string mediaType)
    {
        _begun.Writer.TryWrite(data.Span[0]);
        _may.Wait(CancellationToken.None);
        return new float[TokensPerImage * GemmaShape.Tiny.Embedding];
    }

    public void Dispose() => _may.Dispose();
}
