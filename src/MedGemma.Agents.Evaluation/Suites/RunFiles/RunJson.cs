using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedGemma.Agents.Evaluation.Suites.RunFiles;

/// <summary>The JSON of run files, one object a line; read strictly.</summary>
internal static class RunJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    /// <summary>One line as UTF-8, its line feed included.</summary>
    public static byte[] Line<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Options), (byte)'\n'];

    /// <summary>Reads one line.</summary>
    /// <exception cref="JsonException">The line has not the shape.</exception>
    public static T Read<T>(ReadOnlySpan<byte> line) => JsonSerializer.Deserialize<T>(line, Options) ?? throw new JsonException("An object was expected, not null.");
}
