using System.CommandLine;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>Whole numbers of the command line that must lie in a range.</summary>
internal static class IntegerRange
{
    /// <summary>Refuses numbers outside a range; what is no number at all is refused by the parser.</summary>
    public static void Demand(Option option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && (number < least || number > most))
            result.AddError($"{option.Name} must be from {least} to {most}");
    });
}
