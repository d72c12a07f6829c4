using MedGemma.Agents.Records.Model;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Records.Building;

/// <summary>Makes a record of what a source supplied. Safe for concurrent use.</summary>
public interface IRecordBuilder
{
    /// <summary>Understands, orders and indexes one patient's resources.</summary>
    /// <param name="raw">What the source supplied.</param>
    /// <exception cref="InvalidDataException">A resource's subject is another patient: the source broke the isolation.</exception>
    PatientRecord Build(RawRecord raw);
}
