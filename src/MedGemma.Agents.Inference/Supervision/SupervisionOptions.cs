using System.ComponentModel.DataAnnotations;

namespace MedGemma.Agents.Inference.Supervision;

/// <summary>How inference processes are started, restarted and given up.</summary>
public sealed record SupervisionOptions
{
    /// <value>How long a process has to load its model. Default: 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Supervision:StartTimeout must be between 00:00:01 and 1.00:00:00")]
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <value>How long a process has to finish what it works on when it is told to stop; then it is killed. Default: 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Supervision:StopTimeout must be between 00:00:00 and 01:00:00")]
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <value>Pause before the first restart; it doubles with each crash that follows. Default: 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "Supervision:FirstPause must be between 00:00:00 and 00:10:00")]
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <value>Longest pause before a restart. Default: 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Supervision:LongestPause must be between 00:00:00 and 01:00:00")]
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>Crashes within <see cref="CrashWindow"/> after which a process is given up, from 1. Default: 5.</value>
    [Range(1, 1000, ErrorMessage = "Supervision:MostCrashes must be between 1 and 1000")]
    public int MostCrashes { get; init; } = 5;

    /// <value>Crashes that lie further back are forgiven. Default: 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00", ErrorMessage = "Supervision:CrashWindow must be between 00:00:01 and 7.00:00:00")]
    public TimeSpan CrashWindow { get; init; } = TimeSpan.FromMinutes(10);
}
