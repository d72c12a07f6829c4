using System.Diagnostics.Metrics;

namespace MedGemma.Agents.Sessions.Tests.Doubles;

/// <summary>Meters for a class that is made without a container.</summary>
internal sealed class FixedMeterFactory : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose()
    {
    }
}
