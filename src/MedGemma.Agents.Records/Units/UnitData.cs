using System.Text.Json;

namespace MedGemma.Agents.Records.Units;

/// <summary>Reads the embedded tables of this folder.</summary>
internal static class UnitData
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static T Read<T>(string file)
    {
        var name = $"MedGemma.Agents.Records.Units.Data.{file}";
        using var stream = typeof(UnitData).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The embedded table {name} is missing.");
        return JsonSerializer.Deserialize<T>(stream, Options) ?? throw new InvalidDataException($"The embedded table {name} is empty.");
    }
}
