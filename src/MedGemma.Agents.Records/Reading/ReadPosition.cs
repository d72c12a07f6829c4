using System.Globalization;

namespace MedGemma.Agents.Records.Reading;

/// <summary>Where in the input something was read.</summary>
/// <param name="File">The file's path as it was given or found.</param>
/// <param name="Line">Line of an NDJSON file, from 1; null in other files.</param>
/// <param name="Entry">Index of the bundle entry, from 0 as in <c>Bundle.entry[0]</c>; null outside bundles.</param>
public readonly record struct ReadPosition(string File, long? Line = null, int? Entry = null)
{
    /// <summary>For people: <c>labs.ndjson, line 12</c>.</summary>
    public override string ToString()
    {
        var line = Line is { } number ? $", line {number.ToString(CultureInfo.InvariantCulture)}" : "";
        var entry = Entry is { } index ? $", entry {index.ToString(CultureInfo.InvariantCulture)}" : "";
        return $"{File}{line}{entry}";
    }
}
