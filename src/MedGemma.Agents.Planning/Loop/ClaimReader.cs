using System.Text;
using System.Text.Json;

namespace MedGemma.Agents.Planning.Loop;

/// <summary>
/// Reads claims while a model writes them: each is given out once its object is closed. What has come so far is only the beginning of a document, so that whether the whole
/// is of the schema is for <see cref="WrittenClaim.Read"/> to say in the end. One answer; not thread-safe.
/// </summary>
internal sealed class ClaimReader
{
    private const int Deepest = 32;

    // JSON stands in a Markdown fence where a server knows no grammars.
    private static readonly char[] s_beforeJson = [' ', '\t', '\r', '\n'];

    private readonly StringBuilder _beginning = new();
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private byte[] _utf8 = new byte[1024];
    private int _length;
    private int _read;
    private int _claimStart = -1;
    private int _claims;
    private bool _hasBegun;
    private bool _isInClaims;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = Deepest });

    /// <summary>True once what came can no more become a list of claims; nothing is read any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads a further piece.</summary>
    /// <param name="piece">What the model wrote since the last piece.</param>
    /// <returns>The claims that it completes, in order; one whose sentence was given out before is left out.</returns>
    public IReadOnlyList<WrittenClaim> Add(string piece)
    {
        if (IsBroken || !Append(piece))
            return [];

        var completed = new List<WrittenClaim>();
        try
        {
            var reader = new Utf8JsonReader(_utf8.AsSpan(_read, _length - _read), isFinalBlock: false, _state);
            while (!IsBroken && reader.Read())
                Take(ref reader, completed);
            _state = reader.CurrentState;
            _read += (int)reader.BytesConsumed;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The latter for a name with half a surrogate in it, which is JSON and no text.
            IsBroken = true;
        }

        return completed;
    }

    private void Take(ref Utf8JsonReader reader, List<WrittenClaim> completed)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                IsBroken = _isInClaims || !reader.ValueTextEquals("claims"u8);
                _isInClaims = true;
                break;
            case JsonTokenType.StartObject when reader.CurrentDepth == 2:
                _claimStart = _read + (int)reader.TokenStartIndex;
                break;
            case JsonTokenType.EndObject when reader.CurrentDepth == 2 && _claimStart >= 0:
                Complete(_read + (int)reader.BytesConsumed, completed);
                break;

            // Only an object of one list of objects is one of claims.
            case JsonTokenType.StartArray or JsonTokenType.EndArray when reader.CurrentDepth == 1 && _isInClaims:
            case JsonTokenType.StartObject or JsonTokenType.EndObject when reader.CurrentDepth == 0:
                break;
            default:
                IsBroken |= reader.CurrentDepth <= 2;
                break;
        }
    }

    private void Complete(int end, List<WrittenClaim> completed)
    {
        var text = Encoding.UTF8.GetString(_utf8, _claimStart, end - _claimStart);
        _claimStart = -1;
        if (++_claims > WrittenClaim.MostClaims || !ModelJson.TryParse(text, out var json) || WrittenClaim.ReadOne(json) is not { } claim)
            IsBroken = true;
        else if (_given.Add(claim.Text))
            completed.Add(claim);
    }

    /// <summary>Adds a piece to the document, which begins at the first brace; false as long as it has not begun.</summary>
    private bool Append(string piece)
    {
        var letters = piece.AsSpan();
        if (!_hasBegun)
        {
            _beginning.Append(piece);
            if (!TryBegin(out var document))
                return false;
            letters = document;
        }

        var most = Encoding.UTF8.GetMaxByteCount(letters.Length) + 4;
        if (_utf8.Length - _length < most)
            Array.Resize(ref _utf8, Math.Max(_utf8.Length * 2, _length + most));
        _length += _encoder.GetBytes(letters, _utf8.AsSpan(_length), flush: false);
        return true;
    }

    private bool TryBegin(out string document)
    {
        document = _beginning.ToString().TrimStart(s_beforeJson);
        if (document.StartsWith('`'))
        {
            var line = document.IndexOf('\n', StringComparison.Ordinal);
            document = line < 0 ? "" : document[(line + 1)..].TrimStart(s_beforeJson);
        }

        if (document.Length == 0)
            return false;

        _hasBegun = true;
        IsBroken = document[0] != '{';
        return !IsBroken;
    }
}
