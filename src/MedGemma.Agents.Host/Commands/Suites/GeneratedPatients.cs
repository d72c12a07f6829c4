using MedGemma.Agents.Evaluation.Suites.Preparing;
using MedGemma.Agents.Planning.Answers;
using MedGemma.Agents.Records.Building;
using MedGemma.Agents.Records.Queries.Derivations;
using MedGemma.Agents.Records.Reading;
using MedGemma.Agents.Records.Sources;
using MedGemma.Agents.Records.Units;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>Generated patients as the suites read them: files like any others, whole, under the clinical conventions.</summary>
internal static class GeneratedPatients
{
    /// <summary>Settings under which they are asked.</summary>
    public static Dictionary<string, string?> Settings => new() { ["MedGemma:Conventions"] = "clinical", ["MedGemma:Zone"] = "UTC" };

    /// <summary>What a run file says of those settings.</summary>
    public static SortedDictionary<string, string> Conditions => new(StringComparer.Ordinal) { ["conventions"] = "clinical", ["zone"] = "UTC" };

    /// <summary>Opens the patients of a folder that a generator wrote.</summary>
    public static async Task<IRecordSource> OpenAsync(TemporaryFolder folder, IServiceProvider services, CancellationToken cancellationToken) =>
        await FileRecordSource
            .OpenAsync([Path.Combine(folder.Path, "patients")], CompleteTypes.Everything, new ResourceReaderOptions(), services.GetRequiredService<TimeProvider>(), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>What answers questions about records.</summary>
    public static AnsweringParts Parts(IServiceProvider services) => new(
        services.GetRequiredService<IRecordBuilder>(),
        services.GetRequiredService<IQuestionAnswerer>(),
        new DerivationRecomputer(services.GetRequiredService<IUnitConverter>()),
        services.GetRequiredService<TimeProvider>());
}
