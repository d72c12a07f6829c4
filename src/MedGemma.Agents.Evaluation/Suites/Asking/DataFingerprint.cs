using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MedGemma.Agents.Records.Sources;

namespace MedGemma.Agents.Evaluation.Suites.Asking;

/// <summary>Hashes of what a run is measured on, so that runs on other data are told apart.</summary>
public static class DataFingerprint
{
    /// <summary>SHA-256 of the records of some patients: who they are, each resource byte for byte, and what is vouched for as complete.</summary>
    /// <param name="source">Where the records come from.</param>
    /// <param name="patients">Logical ids.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Lower-case hexadecimal; independent of the order of patients and resources.</returns>
    public static async Task<string> OfRecordsAsync(IRecordSource source, IEnumerable<string> patients, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var patient in patients.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Append(hash, Encoding.UTF8.GetBytes(patient));
            if (await source.ReadAsync(patient, cancellationToken).ConfigureAwait(false) is not { } record)
                continue;

            var resources = record.Resources.Concat(record.Supporting).ToList();
            foreach (var resource in resources.OrderBy(resource => resource.Key.ToString(), StringComparer.Ordinal).ThenBy(resource => resource.Version, StringComparer.Ordinal))
                Append(hash, resource.Json.Span);

            foreach (var type in resources.Select(resource => resource.Key.Type).Distinct(StringComparer.Ordinal).Where(record.Receipt.IsComplete).Order(StringComparer.Ordinal))
                Append(hash, Encoding.UTF8.GetBytes(type));

            Append(hash, record.Receipt.AllComplete ? "all"u8 : "some"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>SHA-256 of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<string> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        var stream = File.OpenRead(path);
        await using var _ = stream.ConfigureAwait(false);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>SHA-256 of a text.</summary>
    /// <param name="text">The text.</param>
    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        // With its length, so that no two lists of parts run together to the same bytes.
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
