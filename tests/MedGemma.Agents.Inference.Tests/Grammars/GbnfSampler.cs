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
        var text = new StringBuilder();
        Write(_machine.Root, random, ref budget, text);
        return text.ToString();
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

    // Characters of the basic plane: validators on .NET count UTF-16 units.
    private static int Character(GbnfMachine.Element element, Random random)
    {
        var (first, last) = element.Ranges[random.Next(element.Ranges.Count)];
        last = Math.Min(last, 0xFFFD);
        if (first > last)
            return Character(element, random);

        return random.Next(4) == 0 ? random.Next(first, last + 1) : random.Next(first, Math.Min(last, first + 90) + 1);
    }
}
