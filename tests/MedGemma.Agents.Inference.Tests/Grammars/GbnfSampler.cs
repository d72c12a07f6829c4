using System.Text;

namespace MedGemma.Agents.Inference.Tests.Grammars;

/// <summary>Writes random texts that a grammar accepts. Once its budget is used up it takes the shortest way out.</summary>
internal sealed class GbnfSampler
{
    private readonly GbnfMachine _machine;
    private readonly int[] _shortest;

    public GbnfSampler(GbnfMachine machine)
    {
        _machine = machine;
        _shortest = [.. Enumerable.Repeat(int.MaxValue, machine.Rules.Count)];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var rule = 0; rule < _shortest.Length; rule++)
            {
                var best = machine.Rules[rule].Min(Depth);
                if (best < _shortest[rule])
                {
                    _shortest[rule] = best;
                    changed = true;
                }
            }
        }

        Assert.DoesNotContain(int.MaxValue, _shortest);
    }

    public string Sample(Random random, int budget)
    {
        while (true)
        {
            var text = new StringBuilder();
            var left = budget;
            Write(_machine.Root, random, ref left, text);

            // The validator takes these two for one character.
            if (!text.ToString().Contains(@"\r\n", StringComparison.Ordinal))
                return text.ToString();
        }
    }

    private int Depth(IReadOnlyList<GbnfMachine.Element> option) =>
        option.Max(element => (int?)(element.Rule is not { } rule ? 0 : _shortest[rule] == int.MaxValue ? int.MaxValue : _shortest[rule] + 1)) ?? 0;

    private void Write(int rule, Random random, ref int budget, StringBuilder text)
    {
        var options = _machine.Rules[rule];
        var option = budget-- > 0 ? options[random.Next(options.Count)] : options.MinBy(Depth)!;
        foreach (var element in option)
        {
            if (element.Rule is { } called)
                Write(called, random, ref budget, text);
            else
                text.Append(char.ConvertFromUtf32(Character(element, random)));
        }
    }

    private static int Character(GbnfMachine.Element element, Random random)
    {
        var (first, last) = element.Ranges[random.Next(element.Ranges.Count)];
        for (var i = 0; i < 50; i++)
        {
            var point = random.Next(4) == 0 ? random.Next(first, last + 1) : random.Next(first, Math.Min(last, first + 90) + 1);
            if (StandsAlone(point))
                return point;
        }

        return element.Ranges.Where(range => StandsAlone(range.First)).Select(range => (int?)range.First).FirstOrDefault() ?? first;
    }

    // Of the others the validator takes several for one character.
    private static bool StandsAlone(int point) => point is < 0x300 and not '\r' and not 0xAD or (>= 0x4E00 and <= 0x9FFF) or (>= 0x10300 and <= 0x1031F);
}
