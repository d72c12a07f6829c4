using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MedGemma.Agents.Planning.Notes;
using MedGemma.Agents.Records.Queries;

namespace MedGemma.Agents.Planning.Tools;

/// <summary>
/// Has the notes read in quarantine: the planner learns ids and closed words, planning is over, and code puts the quotes into the answer. The topic is the
/// planner's, written before it could have read any note.
/// </summary>
public sealed class ReadNoteTool : IRecordTool
{
    private const int LongestTopic = 200;

    private static readonly JsonSerializerOptions s_words = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private static readonly Dictionary<string, NoteSection> s_sections =
        Enum.GetValues<NoteSection>().ToDictionary(section => JsonSerializer.SerializeToElement(section, s_words).GetString()!, StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "read_note";

    /// <inheritdoc/>
    public string Description => "Has the notes read for a topic and what they say quoted in the answer. The last thing that can be asked.";

    /// <inheritdoc/>
    public JsonElement Parameters { get; } = Schema();

    /// <inheritdoc/>
    public bool ClosesPlanning => true;

    /// <inheritdoc/>
    public async ValueTask<ToolOutcome> RunAsync(JsonElement arguments, RecordToolContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Notes is not { IsPlanningClosed: false } notes)
            return new ToolOutcome.Failed(ToolFailure.Of(ToolFailureKind.Unavailable, "Notes cannot be read here, or were read already."));
        if (Read(arguments, context, out var request) is { } failure)
            return new ToolOutcome.Failed(failure);

        var views = await notes.ReadAsync(context.Record, [request!], context.Question, cancellationToken).ConfigureAwait(false);
        return new ToolOutcome.Explained(JsonSerializer.Serialize(views, s_words));
    }

    private static ToolFailure? Read(JsonElement arguments, RecordToolContext context, out NoteRequest? request)
    {
        request = null;
        if (arguments.ValueKind != JsonValueKind.Object || arguments.EnumerateObject().Any(member => member.Name is not ("topic" or "sections" or "window"))
            || !arguments.TryGetProperty("topic", out var topic) || topic.ValueKind != JsonValueKind.String || topic.GetString() is not { Length: > 0 and <= LongestTopic } words)
            return ToolFailure.Of(ToolFailureKind.WrongArguments, "read_note takes a topic of at most 200 characters, and may take sections and a window.");

        var sections = new List<NoteSection>();
        if (arguments.TryGetProperty("sections", out var wanted))
        {
            if (wanted.ValueKind != JsonValueKind.Array)
                return ToolFailure.Of(ToolFailureKind.WrongArguments, "sections is a list.");

            foreach (var section in wanted.EnumerateArray())
            {
                if (section.ValueKind != JsonValueKind.String || !s_sections.TryGetValue(section.GetString()!, out var known))
                    return new ToolFailure(ToolFailureKind.WrongArguments, "There is no such section.", [.. s_sections.Keys]);
                sections.Add(known);
            }
        }

        QueryWindow? window = null;
        if (arguments.TryGetProperty("window", out var when) && new PlanWindowReader(context).Read(when, out window) is { } problem)
            return problem;

        request = new NoteRequest(words, window, sections);
        return null;
    }

    private static JsonElement Schema() => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["topic"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = LongestTopic },
            ["sections"] = new JsonObject
            {
                ["type"] = "array",
                ["maxItems"] = s_sections.Count,
                ["items"] = new JsonObject { ["enum"] = new JsonArray([.. s_sections.Keys.Select(name => (JsonNode)name)]) },
            },
            ["window"] = PlanQuerySchema.Window(),
        },
        ["required"] = new JsonArray("topic"),
        ["additionalProperties"] = false,
    });
}
