using MedGemma.Agents.Planning.Tools;
using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Queries;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace MedGemma.Agents.Host.Mcp;

/// <summary>Configures an MCP server with the tools over one record.</summary>
internal static class RecordToolServer
{
    /// <summary>Name that clients see.</summary>
    public const string Name = "medgemma";

    /// <summary>Puts the tools into the options of a server.</summary>
    public static void Configure(
        McpServerOptions options, IEnumerable<IRecordTool> tools, Func<CancellationToken, Task<PatientRecord?>> record, FoundResults found, Func<QueryContext> question)
    {
        options.ServerInfo = new Implementation { Name = Name, Version = typeof(RecordToolServer).Assembly.GetName().Version?.ToString(3) ?? "0" };
        options.ServerInstructions =
            "Tools over the FHIR record of one patient, fixed for this connection. Begin with record_overview. Only what a result says is recorded; "
            + "'nothing recorded' is said only where the search was complete. Preliminary; needs independent verification.";
        options.ToolCollection = [];

        // Whoever plans behind this connection goes on planning and writes the answer, so that notes are not read for it (docs/decisions/0020).
        foreach (var tool in tools.Where(tool => !tool.ClosesPlanning))
        {
            options.ToolCollection.Add(McpServerTool.Create(
                new McpRecordFunction(tool, record, found, question),
                new McpServerToolCreateOptions { ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false }));
        }
    }
}
