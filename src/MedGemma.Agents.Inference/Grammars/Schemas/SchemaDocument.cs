using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MedGemma.Agents.Inference.Grammars.Schemas;

/// <summary>A JSON Schema document: its schemas by pointer, each read once.</summary>
internal sealed class SchemaDocument
{
    private const int DeepestSchema = 100;

    private readonly JsonElement _root;
    private readonly string _start;
    private readonly RefusalList _refusals;
    private readonly SchemaIdentities _identities;
    private readonly Dictionary<string, SchemaNode> _read = new(StringComparer.Ordinal);

    public SchemaDocument(JsonElement root, string start, SchemaIdentities identities, RefusalList refusals)
    {
        _root = root;
        _start = start;
        _identities = identities;
        _refusals = refusals;
        if (!IsUnicode(root))
        {
            refusals.Add(start, "schema", "holds an unpaired surrogate");
            Root = new SchemaNode { Id = identities.Next(), Pointer = start, Document = this };
            return;
        }

        Root = Read(root, start, 0);
    }

    public SchemaNode Root { get; }

    public int NextIdentity() => _identities.Next();

    /// <summary>The schema at a place of the document, read at the first call.</summary>
    public SchemaNode Read(JsonElement schema, string pointer, int depth)
    {
        if (_read.TryGetValue(pointer, out var known))
            return known;

        var node = new SchemaNode { Id = _identities.Next(), Pointer = pointer, Document = this };
        _read[pointer] = node;
        if (depth > DeepestSchema)
            _refusals.Add(pointer, "schema", string.Create(CultureInfo.InvariantCulture, $"nested deeper than {DeepestSchema}"));
        else
            new SchemaReader(node, schema, depth, _refusals).Read();

        return node;
    }

    /// <summary>The schema that a reference names, or null when there is none.</summary>
    public SchemaNode? Resolve(string reference)
    {
        var place = _root;
        foreach (var segment in Segments(reference))
        {
            if (place.ValueKind == JsonValueKind.Object && place.TryGetProperty(segment, out var member))
                place = member;
            else if (place.ValueKind == JsonValueKind.Array && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < place.GetArrayLength())
                place = place[index];
            else
                return null;
        }

        return place.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False
            ? Read(place, Segments(reference).Aggregate(_start, Pointer), 0)
            : null;
    }

    /// <summary>A pointer one step further down.</summary>
    public static string Pointer(string pointer, string segment) =>
        $"{pointer}/{segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static IEnumerable<string> Segments(string reference) =>
        reference.Length <= 1 ? [] : Uri.UnescapeDataString(reference[2..]).Split('/').Select(segment => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));

    // "\ud800" is JSON, but no text: reading it as one throws, wherever it stands.
    private static bool IsUnicode(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Undefined)
            return true;

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(root.GetRawText()), new JsonReaderOptions { MaxDepth = 1000, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    _ = reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return true;
    }
}
