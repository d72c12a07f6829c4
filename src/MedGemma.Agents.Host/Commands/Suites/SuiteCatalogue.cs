using MedGemma.Agents.Evaluation.Suites;

namespace MedGemma.Agents.Host.Commands.Suites;

/// <summary>The suites that the command line can run and accept on.</summary>
internal static class SuiteCatalogue
{
    /// <summary>Every suite: its name, what it asks, and what prepares it.</summary>
    /// <param name="services">Makes the services of one run from settings by configuration key.</param>
    public static IReadOnlyList<(string Name, string Description, SuitePreparer Preparer)> All(Func<IReadOnlyDictionary<string, string?>, ServiceProvider> services) =>
    [
        (SuiteNames.RecordQa, "Generated questions about synthetic patients: ten categories, held-out patients and wordings.", new RecordQaPreparer(services)),
        (SuiteNames.AgentTasks, "Generated tasks about synthetic patients: values in windows, averages, conditional orders as drafts.", new AgentTasksPreparer(services)),
        .. SuiteNames.Exams.Select(exam => (exam, $"The multiple-choice exam {exam} of a file in its published shape.", (SuitePreparer)new ExamPreparer(exam, services))),
    ];
}
