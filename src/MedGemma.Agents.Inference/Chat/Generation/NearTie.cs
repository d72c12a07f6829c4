namespace MedGemma.Agents.Inference.Chat.Generation;

/// <summary>
/// A place of a greedy output where another token that was allowed there is within the engine's margin of the one taken: which of them is the larger hangs on rounding, and so on what else was computed
/// in the same step and on what was computed before (<c>docs/decisions/0033</c>).
/// </summary>
/// <param name="At">How many tokens were written before, thoughts included; the end of the turn counts as one.</param>
/// <param name="Token">The token taken.</param>
/// <param name="Lead">Its logit less that of the best other one: negative only where another was the larger and this one was taken because the request named it.</param>
public sealed record NearTie(int At, int Token, float Lead);
