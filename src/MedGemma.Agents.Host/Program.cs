using MedGemma.Agents.Host.Commands;

return await MedGemmaCommandLine.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
