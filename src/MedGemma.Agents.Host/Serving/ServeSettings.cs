using MedGemma.Agents.Sessions.Records;

namespace MedGemma.Agents.Host.Serving;

/// <summary>What <c>serve</c> was told on the command line.</summary>
/// <param name="Configuration">Everything configured, command line included.</param>
/// <param name="Environment"><c>Development</c> or anything else.</param>
/// <param name="Source">Where records come from.</param>
/// <param name="DataFolder">Folder of the session database.</param>
internal sealed record ServeSettings(IConfiguration Configuration, string Environment, NamedRecordSource Source, string DataFolder);
