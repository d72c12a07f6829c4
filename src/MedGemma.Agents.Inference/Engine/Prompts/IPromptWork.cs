namespace MedGemma.Agents.Inference.Engine.Prompts;

/// <summary>A piece of work of a <see cref="PromptThread"/>: run, dropped or lost, once.</summary>
internal interface IPromptWork
{
    /// <summary>Does it. Fails in its result only.</summary>
    void Run();

    /// <summary>Says that it is not done although it is waited for.</summary>
    void Lose(Exception reason);
}
