namespace MedGemma.Agents.Planning.Answers;

/// <summary>
/// A place of a greedy output where two tokens were as good as equal, so that the engine's rounding decided. A run that is told the token taken then can repeat it
/// (<c>docs/decisions/0033</c>). Of what a model thought, no more than these tokens is kept.
/// </summary>
/// <param name="At">How many tokens were written before, thoughts included.</param>
/// <param name="Token">Number of the token taken, in the model's vocabulary.</param>
/// <param name="Lead">Its logit less that of the best other one: negative only in a run that was told to take it.</param>
public sealed record NearTie(int At, int Token, float Lead);
