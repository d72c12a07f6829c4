using System.CommandLine;
using MedGemma.Agents.Host.Commands;

var root = new RootCommand("Answers questions about one patient's FHIR R4 record, with proof.")
{
    FixturesCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
