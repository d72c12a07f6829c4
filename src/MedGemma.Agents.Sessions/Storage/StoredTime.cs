using System.Globalization;

namespace MedGemma.Agents.Sessions.Storage;

/// <summary>Instants as text that both databases sort and people read: ISO 8601 with ticks and offset; rows' own times are in UTC.</summary>
internal static class StoredTime
{
    public static string Write(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
