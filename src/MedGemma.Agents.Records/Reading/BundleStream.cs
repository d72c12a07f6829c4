using System.Text.Json;

namespace MedGemma.Agents.Records.Reading;

/// <summary>Walks through a bundle one entry at a time, holding only the entry at hand.</summary>
internal sealed class BundleStream(ByteWindow window)
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = int.MaxValue };
    private JsonReaderState _state = new(Deep);
    private Place _place = Place.Before;
    private int _index = -1;

    private enum Place
    {
        Before,
        Properties,
        Entries,
        After,
    }

    /// <summary>Index of the entry that <see cref="TryNext"/> gave or stumbled over.</summary>
    public int? Index => _index < 0 ? null : _index;

    /// <summary>Why no more entries can be read, or null when the bundle ended well.</summary>
    public string? Failure { get; private set; }

    /// <summary>Moves to the next entry.</summary>
    /// <param name="entry">The entry's bytes; null when it was larger than the window may be and was passed over.</param>
    /// <returns>False at the end of the bundle or when it cannot be read on, see <see cref="Failure"/>.</returns>
    public bool TryNext(out ReadOnlyMemory<byte>? entry)
    {
        entry = null;
        try
        {
            while (_place != Place.After)
            {
                if (_place == Place.Entries)
                {
                    if (TryEntry(out entry))
                        return true;
                }
                else if (!Step())
                {
                    return false;
                }
            }
        }
        catch (JsonException)
        {
            Failure ??= window.Failure ?? (IsCutOff() ? "is cut off inside a bundle" : "is not valid JSON from here on");
        }

        return false;
    }

    /// <summary>Whether what is left would do if only it went on.</summary>
    private bool IsCutOff()
    {
        if (!window.IsFinal)
            return false;

        try
        {
            var reader = new Utf8JsonReader(window.Span, isFinalBlock: false, _state);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>One property of the bundle, or its start or end.</summary>
    private bool Step()
    {
        var token = Read(out var isEntries);
        switch (token)
        {
            case JsonTokenType.StartObject when _place == Place.Before:
                _place = Place.Properties;
                return true;
            case JsonTokenType.PropertyName when isEntries:
                if (Read(out _) != JsonTokenType.StartArray)
                {
                    Failure = "is a bundle whose entry is not a list";
                    throw new JsonException();
                }

                _place = Place.Entries;
                return true;
            case JsonTokenType.PropertyName:
                SkipValue();
                return true;
            default:
                _place = Place.After;
                return true;
        }
    }

    private bool TryEntry(out ReadOnlyMemory<byte>? entry)
    {
        while (true)
        {
            var reader = new Utf8JsonReader(window.Span, window.IsFinal, _state);
            if (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndArray)
                {
                    Commit(reader);
                    _place = Place.Properties;
                    entry = null;
                    return false;
                }

                var start = (int)reader.TokenStartIndex;
                if (reader.TrySkip())
                {
                    _index++;
                    entry = window.Copy(start, (int)reader.BytesConsumed - start);
                    Commit(reader);
                    return true;
                }
            }

            if (window.IsFull)
            {
                _index++;
                SkipValue();
                entry = null;
                return true;
            }

            Refill();
        }
    }

    private JsonTokenType Read(out bool isEntryProperty)
    {
        while (true)
        {
            var reader = new Utf8JsonReader(window.Span, window.IsFinal, _state);
            if (reader.Read())
            {
                isEntryProperty = reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("entry"u8);
                Commit(reader);
                return reader.TokenType;
            }

            if (window.IsFull)
            {
                Failure = "holds one value that is longer than the limit, so the rest of the bundle cannot be read";
                throw new JsonException();
            }

            Refill();
        }
    }

    private void SkipValue()
    {
        var depth = 0;
        do
        {
            depth += Read(out _) switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                _ => 0,
            };
        }
        while (depth > 0);
    }

    private void Commit(in Utf8JsonReader reader)
    {
        _state = reader.CurrentState;
        window.Advance((int)reader.BytesConsumed);
    }

    private void Refill()
    {
        // At the end the next Read of the final block tells a cut-off input by throwing.
        if (!window.Fill() && window.Failure is not null)
            throw new JsonException();
    }
}
