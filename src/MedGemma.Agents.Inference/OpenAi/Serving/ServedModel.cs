using MedGemma.Agents.Inference.Chat.Generation;
using Microsoft.Extensions.AI;

namespace MedGemma.Agents.Inference.OpenAi.Serving;

/// <summary>A model behind the door.</summary>
/// <param name="Info">Its name and what it can do.</param>
/// <param name="Client">Who answers; stays its owner's.</param>
public sealed record ServedModel(GeneratorInfo Info, IChatClient Client);
