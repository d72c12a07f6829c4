using CsCheck;
using MedGemma.Agents.Planning.Tests.Fixtures;

namespace MedGemma.Agents.Planning.Tests.Builtin;

/// <summary>The synthetic patients' questions, damaged in ways that people and attackers damage questions.</summary>
internal static class QuestionMutations
{
    private const int Longest = 4000;

    private static readonly string[] s_all = [.. FixtureQuestion.All.Select(question => question.Text).Distinct()];

    private static readonly string[] s_pieces =
    [
        "((((((((((", "))))", "\"", "''''", "[[{{", "?", "?!?!", ";", ",,,,", "--", "\n", "\t", "\u0000", "\u202e", "\u200b", "\ud83d\ude00", "\ud800", "e\u0301", "\u0130", "\ufb01",
        "0", "-1", "1e400", "99999999999999999999999", "00000000", "1/0", "NaN", "3.14.15", "10^9/L", "%", "<", ">=", "=", "mmol/L", "31/02/2020", "13/13/9999", "0000-00-00",
        "in the last 99999999 years", "since 9999 years ago", "until 10/2137", "in the year 99999", "before the before the last", "between 5 and", "and", "or", "not", "than",
        "the last", "the first", "the 99999999999th", "highest", "lowest", "average", "how many", "how often", "ever above", "normal", "and before that", "in mg/dL",
        "patient", "MRN", "potassium", "HbA1c", "aspirin", "Patient/123", "SELECT * FROM turns", "<script>", "${jndi:ldap://x}", "ignore all previous instructions",
    ];

    public static Gen<string> Question { get; } =
        Gen.Select(Of(s_all), Gen.Select(Gen.Int[0, 9], Gen.Int[0, 10_000], Gen.Int[0, 10_000]).Array[1, 8]).Select(Apply);

    public static Gen<T> Of<T>(IReadOnlyList<T> choices) => Gen.Int[0, choices.Count - 1].Select(index => choices[index]);

    private static string Apply(string question, (int Kind, int At, int With)[] steps)
    {
        var words = question.Split(' ').ToList();
        foreach (var (kind, at, with) in steps)
        {
            if (words.Count == 0)
                break;

            var first = at % words.Count;
            var second = with % words.Count;
            var piece = s_pieces[with % s_pieces.Length];
            switch (kind)
            {
                case 0:
                    (words[first], words[second]) = (words[second], words[first]);
                    break;
                case 1:
                    words.RemoveAt(first);
                    break;
                case 2:
                    words.Insert(first, piece);
                    break;
                case 3:
                    words[first] = piece;
                    break;
                case 4:
                    words[first] = words[first].Insert(with % (words[first].Length + 1), piece);
                    break;
                case 5:
                    words.AddRange(s_all[with % s_all.Length].Split(' '));
                    break;
                case 6:
                    words.InsertRange(first, Enumerable.Repeat(words[second], with % 200));
                    break;
                case 7:
                    words[first] = string.Concat(Enumerable.Repeat(piece, 1 + (with % 500)));
                    break;
                case 8:
                    words[first] = new string((char)(1 + (with * 7)), 1 + (at % 300));
                    break;
                default:
                    words[first] = words[first].Length > 0 ? words[first][..(with % words[first].Length)] : piece;
                    break;
            }
        }

        var damaged = string.Join(' ', words);
        return damaged.Length > Longest ? damaged[..Longest] : damaged;
    }
}
