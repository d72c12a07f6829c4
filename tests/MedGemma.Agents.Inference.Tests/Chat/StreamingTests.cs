using CsCheck;
using MedGemma.Agents.Inference.Chat.Generation;
using MedGemma.Agents.Inference.Chat.Streaming;

namespace MedGemma.Agents.Inference.Tests.Chat;

public sealed class StreamingTests
{
    [Theory]
    [InlineData("<unused94>thought\nhm <unus\n<unused95>\n answer", "hm <unus\n", "answer")]
    [InlineData(" \n<unused94>no title<unused95>x<unused95>y", "no title", "x<unused95>y")]
    [InlineData("<unused94>thought\nnever ends <unused9", "never ends <unused9", "")]
    [InlineData("plain <unused94>thought\nx<unused95>", "", "plain <unused94>thought\nx<unused95>")]
    [InlineData("<unused9", "", "<unused9")]
    [InlineData("<unused94>thought\n<unused95>{}", "", "{}")]
    [InlineData("", "", "")]
    public void Thoughts_are_told_apart_wherever_the_text_is_cut(string output, string thought, string answer)
    {
        Gen.Int[1, 5].List[1, 40].Sample(cuts =>
        {
            var splitter = new ThoughtSplitter(markersAreText: true);
            var pieces = Pieces(output, cuts).SelectMany(splitter.Push).ToList();
            pieces.AddRange(splitter.Finish());
            Assert.Equal(thought, string.Concat(pieces.Where(piece => piece.IsThought).Select(piece => piece.Text)));
            Assert.Equal(answer, string.Concat(pieces.Where(piece => !piece.IsThought).Select(piece => piece.Text)));
        }, iter: 200);
    }

    [Fact]
    public void From_an_engine_only_control_tokens_are_markers()
    {
        var splitter = new ThoughtSplitter(markersAreText: false);
        List<StreamedText> pieces =
        [
            .. splitter.Push(ControlToken.StartOfThought), .. splitter.Push("thou"), .. splitter.Push("ght\nquoting <unused95>"), .. splitter.Push(ControlToken.EndOfThought),
            .. splitter.Push("<unused94>thought\n stays"), .. splitter.Push(ControlToken.StartOfThought), .. splitter.Push("."), .. splitter.Finish(),
        ];
        Assert.Equal("quoting <unused95>", string.Concat(pieces.Where(piece => piece.IsThought).Select(piece => piece.Text)));
        Assert.Equal("<unused94>thought\n stays.", string.Concat(pieces.Where(piece => !piece.IsThought).Select(piece => piece.Text)));
    }

    [Fact]
    public void An_answer_ends_before_the_first_stop_text_wherever_it_is_cut() =>
        Gen.Select(OneOf("a", "ab", "b", "aab", "ba").List[0, 12].Select(string.Concat), OneOf("ab", "aab", "bb", "aba").List[1, 3], Gen.Int[1, 3].List[1, 30]).Sample((text, stops, cuts) =>
        {
            var cutter = new StopCutter(stops);
            var given = string.Concat(Pieces(text, cuts).Select(cutter.Push)) + cutter.Finish();
            var first = stops.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
            Assert.Equal(first >= 0, cutter.Stopped);

            // A longer stop text that starts earlier may be complete only after a shorter one has ended the answer.
            if (first < 0)
                Assert.Equal(text, given);
            else
                Assert.DoesNotContain(stops, stop => given.Contains(stop, StringComparison.Ordinal));

            Assert.StartsWith(given, text, StringComparison.Ordinal);
        });

    [Fact]
    public void Characters_come_whole_however_their_bytes_are_cut() => Gen.Select(Gen.String, Gen.Int[1, 3].List[1, 20]).Sample((text, cuts) =>
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var utf8 = new Utf8Pieces();
        var read = "";
        for (int at = 0, i = 0; at < bytes.Length; i++)
        {
            var length = Math.Min(cuts[i % cuts.Count], bytes.Length - at);
            read += utf8.Push(bytes.AsSpan(at, length));
            at += length;
        }

        Assert.Equal(System.Text.Encoding.UTF8.GetString(bytes), read + utf8.Finish());
    });

    private static IEnumerable<string> Pieces(string text, List<int> cuts)
    {
        for (int at = 0, i = 0; at < text.Length; i++)
        {
            var length = Math.Min(cuts[i % cuts.Count], text.Length - at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
