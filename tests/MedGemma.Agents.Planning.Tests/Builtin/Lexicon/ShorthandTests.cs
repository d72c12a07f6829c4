using MedGemma.Agents.Planning.Builtin.Lexicon;

namespace MedGemma.Agents.Planning.Tests.Builtin.Lexicon;

public sealed class ShorthandTests
{
    [Theory]
    [InlineData("any h/o MI?", "any history of MI?")]
    [InlineData("when was pt dx'd w/ HTN", "when was patient diagnosed with HTN")]
    [InlineData("last PT/INR", "last PT/INR")]
    [InlineData("BP trend 6mo", "BP trend 6 months")]
    [InlineData("last 24h", "last 24 hours")]
    [InlineData("D5W 2 d", "D5W 2 d")]
    [InlineData("K >= 5.5", "K at least 5.5")]
    [InlineData("MIXED FLORA ( >= COLONY TYPES)", "MIXED FLORA ( >= COLONY TYPES)")]
    [InlineData("Pigtail #1", "Pigtail #1")]
    [InlineData("# ICU stays", "number of ICU stays")]
    [InlineData("R to ampicillin", "resistant to ampicillin")]
    [InlineData("aspirin", "aspirin")]
    public void Abbreviations_are_written_out_and_names_left_alone(string written, string expanded) =>
        Assert.Equal(expanded, Shorthand.Default.Expand(written));
}
