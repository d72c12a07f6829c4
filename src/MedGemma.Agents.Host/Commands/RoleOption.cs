using System.CommandLine;
using MedGemma.Agents.Planning.Answers;

namespace MedGemma.Agents.Host.Commands;

/// <summary>The option that says who asks.</summary>
internal static class RoleOption
{
    /// <summary>Makes <c>--role</c>.</summary>
    public static Option<AskerRole> Create() => new("--role")
    {
        Description = "Who asks, and so what \"I\" means: clinician, patient or unknown.",
        HelpName = "ROLE",
        DefaultValueFactory = _ => AskerRole.Unknown,

        // The library's own message would name a type of the program.
        CustomParser = result =>
        {
            if (Enum.TryParse<AskerRole>(result.Tokens[0].Value, ignoreCase: true, out var role) && Enum.IsDefined(role))
                return role;

            result.AddError($"--role: '{result.Tokens[0].Value}' is not clinician, patient or unknown");
            return AskerRole.Unknown;
        },
    };
}
