using System.Collections.Frozen;
using System.Text;
using MedGemma.Agents.Inference.Engine.Prompts;

namespace MedGemma.Agents.Inference.Engine.Sampling;

/// <summary>
/// The tokens of a vocabulary by their first character. A grammar that does not allow a character does not allow any token that begins with it, so that asking for
/// the tokens that are one character answers for most others. Immutable.
/// </summary>
internal sealed class VocabularyIndex
{
    private readonly FrozenDictionary<int, int[]> _followers;

    public VocabularyIndex(TokenTable table)
    {
        var groups = new Dictionary<Rune, List<int>>();
        var single = new Dictionary<Rune, int>();
        var loose = new List<int>();
        var all = new List<int>();
        for (var token = 0; token < table.Count; token++)
        {
            var piece = table.Piece(token);
            if (table.Ends(token))
            {
                loose.Add(token);
                all.Add(token);
                continue;
            }

            if (piece.Length == 0)
                continue;

            all.Add(token);
            if (Rune.DecodeFromUtf8(piece, out var first, out var length) != System.Buffers.OperationStatus.Done)
                loose.Add(token);
            else if (length == piece.Length && single.TryAdd(first, token))
                continue;
            else if (groups.TryGetValue(first, out var group))
                group.Add(token);
            else
                groups[first] = [token];
        }

        // A group whose first character is no token of its own cannot be asked for by it.
        loose.AddRange(groups.Where(group => !single.ContainsKey(group.Key)).SelectMany(group => group.Value));
        _followers = groups.Where(group => single.ContainsKey(group.Key)).ToFrozenDictionary(group => single[group.Key], group => group.Value.ToArray());
        First = [.. single.Values, .. loose];
        All = [.. all];
    }

    /// <summary>The tokens to ask for first.</summary>
    public int[] First { get; }

    /// <summary>Every token that a grammar can allow.</summary>
    public int[] All { get; }

    /// <summary>The tokens that need only be asked for when <paramref name="first"/> is allowed.</summary>
    public ReadOnlySpan<int> Followers(int first) => _followers.TryGetValue(first, out var followers) ? followers : [];
}
