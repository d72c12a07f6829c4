using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Engine;

namespace MedGemma.Agents.Inference.Tests.Engine;

public sealed class PrefixReuseTests
{
    private const string AgentPrompt = "You answer questions about one patient from the record that follows, and from nothing else. ";
    private const string Chart = "Potassium 4.1, 4.4, 5.0, 3.9 and 4.0 mmol/L in the last five years, creatinine 1.87 mg/dL. ";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_follow_up_starts_from_the_turn_before(bool fullWindow)
    {
        await using var generator = await LoadAsync(fullWindow);
        var first = Ask(Chart + "creatinine?", "patient");
        var answer = await Generated.OfAsync(generator, first, Cancel);
        GenerationRequest next = first with { Prompt = [.. first.Prompt, new PromptPart.Text(" and before"), new PromptPart.Control(ControlToken.EndOfTurn)] };

        var followUp = await Generated.OfAsync(generator, next, Cancel);

        Assert.InRange(followUp.Started!.CachedTokens, answer.Started!.PromptTokens - 2, followUp.Started.PromptTokens - 1);
        Assert.Equal(0, answer.Started.CachedTokens);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_prompt_again_computes_its_last_token_only(bool fullWindow)
    {
        await using var generator = await LoadAsync(fullWindow);
        var request = Ask(Chart + "creatinine?", "patient");

        var first = await Generated.OfAsync(generator, request, Cancel);
        var again = await Generated.OfAsync(generator, request, Cancel);

        Assert.Equal(again.Started!.PromptTokens - 1, again.Started.CachedTokens);
        Assert.Equal(first.Ids, again.Ids);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_patients_request_shares_the_pinned_prompt_and_nothing_more(bool fullWindow)
    {
        await using var generator = await LoadAsync(fullWindow);
        var mine = Pinned(AgentPrompt, Chart + "creatinine?", "mine");
        await Generated.OfAsync(generator, mine, Cancel);

        var other = await Generated.OfAsync(generator, Pinned(AgentPrompt, Chart + "creatinine?", "other"), Cancel);
        var nobody = await Generated.OfAsync(generator, Pinned(AgentPrompt, Chart + "creatinine?", null), Cancel);
        var unpinned = await Generated.OfAsync(generator, Ask(AgentPrompt + Chart + "creatinine?", "other, unpinned"), Cancel);

        Assert.InRange(other.Started!.CachedTokens, 20, AgentPrompt.Length + 8);
        Assert.Equal(other.Started.CachedTokens, nobody.Started!.CachedTokens);
        Assert.Equal(0, unpinned.Started!.CachedTokens);
    }

    [Fact]
    public async Task A_caller_from_outside_shares_pinned_prompts_with_itself_only()
    {
        await using var generator = await LoadAsync(fullWindow: true);
        await Generated.OfAsync(generator, Pinned(AgentPrompt, Chart, "ours"), Cancel);

        var first = await Generated.OfAsync(generator, Pinned(AgentPrompt, Chart, "theirs 1", "coder"), Cancel);
        var second = await Generated.OfAsync(generator, Pinned(AgentPrompt, Chart, "theirs 2", "coder"), Cancel);

        Assert.Equal(0, first.Started!.CachedTokens);
        Assert.InRange(second.Started!.CachedTokens, 20, AgentPrompt.Length + 8);
    }

    [Fact]
    public async Task A_request_without_scope_leaves_nothing_behind()
    {
        await using var generator = await LoadAsync(fullWindow: true);
        var request = TinyEngine.Ask(Chart + "creatinine?", 3);
        await Generated.OfAsync(generator, request, Cancel);

        Assert.Equal(0, (await Generated.OfAsync(generator, request, Cancel)).Started!.CachedTokens);
        Assert.Equal(0, (await Generated.OfAsync(generator, Ask(Chart + "creatinine?", "somebody"), Cancel)).Started!.CachedTokens);
    }

    [Fact]
    public async Task An_adapter_shares_with_itself_only()
    {
        var options = TinyEngine.Options();
        options.Adapters = new Dictionary<string, string> { ["lora"] = TinyEngine.Adapter };
        await using var generator = await TinyEngine.LoadAsync(options);
        var request = Ask(Chart, "patient");
        await Generated.OfAsync(generator, request, Cancel);

        var adapted = await Generated.OfAsync(generator, request with { Adapter = "lora" }, Cancel);
        var again = await Generated.OfAsync(generator, request with { Adapter = "lora" }, Cancel);

        Assert.Equal(0, adapted.Started!.CachedTokens);
        Assert.Equal(again.Started!.PromptTokens - 1, again.Started.CachedTokens);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requests_that_come_together_compute_their_common_beginning_once(bool fullWindow)
    {
        await using var generator = await LoadAsync(fullWindow);

        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Generated.OfAsync(generator, Ask(AgentPrompt + Chart + "abcdefgh"[i] + " question", "patient"), Cancel)));

        Assert.Equal(1, all.Count(generated => generated.Started!.CachedTokens == 0));
        Assert.All(all.Where(generated => generated.Started!.CachedTokens > 0), generated => Assert.True(generated.Started!.CachedTokens > 40));
    }

    [Fact]
    public async Task What_was_used_longest_ago_makes_room()
    {
        var options = TinyEngine.Options();
        options.ContextLength = options.Cells!.Value / 8;
        options.Cells = options.ContextLength;
        await using var generator = await TinyEngine.LoadAsync(options);
        await Generated.OfAsync(generator, Ask("a" + Chart, "patient"), Cancel);
        await Generated.OfAsync(generator, Ask("b" + Chart, "patient"), Cancel);
        await Generated.OfAsync(generator, Ask("c" + Chart, "patient"), Cancel);

        var oldest = await Generated.OfAsync(generator, Ask("a" + Chart, "patient"), Cancel);
        var newest = await Generated.OfAsync(generator, Ask("c" + Chart, "patient"), Cancel);

        Assert.InRange(oldest.Started!.CachedTokens, 0, 20);
        Assert.Equal(newest.Started!.PromptTokens - 1, newest.Started.CachedTokens);
    }

    private static Task<LlamaGenerator> LoadAsync(bool fullWindow)
    {
        var options = TinyEngine.Options();
        options.FullWindow = fullWindow;
        return TinyEngine.LoadAsync(options);
    }

    private static GenerationRequest Ask(string text, string? scope) => TinyEngine.Ask(text, 3) with { Prefix = new PrefixHint(scope) };

    private static GenerationRequest Pinned(string agent, string text, string? scope, string? pinnedFor = null) => TinyEngine.Ask(agent + text, 3) with
    {
        Prefix = new PrefixHint(scope, 1, pinnedFor),
        PinnedCharacters = "user\n".Length + agent.Length,
    };
}
