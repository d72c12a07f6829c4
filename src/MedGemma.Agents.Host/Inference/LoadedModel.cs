using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;
using MedGemma.Agents.Inference.Models.Identity;

namespace MedGemma.Agents.Host.Inference;

/// <summary>A model in this process.</summary>
/// <param name="Generator">It, ready to generate.</param>
/// <param name="Identity">Its files, not hashed yet.</param>
/// <param name="Watch">What its engine is at.</param>
/// <param name="Ended">Completes when its engine has ended, by itself or because it was told to.</param>
/// <param name="Unload">Ends what it works on and frees it.</param>
internal sealed record LoadedModel(ITextGenerator Generator, ModelIdentity Identity, EngineWatch Watch, Task Ended, Func<ValueTask> Unload) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Unload();
}
