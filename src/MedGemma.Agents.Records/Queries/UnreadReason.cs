using System.Text.Json.Serialization;

namespace MedGemma.Agents.Records.Queries;

/// <summary>Why a text of the record could not be read; closed.</summary>
public enum UnreadReason
{
    /// <summary>A format that is not read here, such as RTF or a word processor's.</summary>
    [JsonStringEnumMemberName("unknown-format")]
    UnknownFormat,

    /// <summary>A picture, sound or film.</summary>
    [JsonStringEnumMemberName("not-text")]
    NotText,

    /// <summary>Pages that are images, or a document without any text.</summary>
    [JsonStringEnumMemberName("no-text")]
    NoText,

    /// <summary>The record refers to it and does not hold it.</summary>
    [JsonStringEnumMemberName("not-supplied")]
    NotSupplied,

    /// <summary>It is not what it says to be, or broken.</summary>
    [JsonStringEnumMemberName("damaged")]
    Damaged,

    /// <summary>It opens only with a password.</summary>
    [JsonStringEnumMemberName("encrypted")]
    Encrypted,

    /// <summary>It is or unpacks to more than is read.</summary>
    [JsonStringEnumMemberName("too-large")]
    TooLarge,

    /// <summary>Its character set is not known.</summary>
    [JsonStringEnumMemberName("unknown-charset")]
    UnknownCharset,
}
