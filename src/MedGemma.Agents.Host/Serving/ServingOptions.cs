using System.ComponentModel.DataAnnotations;
using MedGemma.Agents.Host.Serving.Security;

namespace MedGemma.Agents.Host.Serving;

/// <summary>Options of <c>medgemma serve</c>; section <c>MedGemma:Serving</c>.</summary>
internal sealed class ServingOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "MedGemma:Serving";

    /// <summary>Address to listen on.</summary>
    /// <value>An http or https URL; default <c>http://127.0.0.1:5080</c>. Port 0 takes a free one.</value>
    [Required]
    public string Url { get; set; } = "http://127.0.0.1:5080";

    /// <summary>Whether a proxy ends TLS before this program, so that a plain http address other than loopback is reached through it alone.</summary>
    /// <value>Default false: with keys, such an address is refused.</value>
    public bool BehindTlsProxy { get; set; }

    /// <summary>Certificate of an https address, with the chain that clients need.</summary>
    /// <value>Path of a PEM file; default none. Read at start.</value>
    public string? Certificate { get; set; }

    /// <summary>Private key of <see cref="Certificate"/>.</summary>
    /// <value>Path of a PEM file without a password; default: the key is in the certificate's file.</value>
    public string? CertificateKey { get; set; }

    /// <summary>Users that may call, by API key. Empty: only loopback, and only in the Development environment.</summary>
    /// <value>A list; default empty.</value>
    public IList<ApiKeyOptions> ApiKeys { get; } = [];

    /// <summary>Largest request body.</summary>
    /// <value>Bytes; default 65536.</value>
    [Range(1024, 16 * 1024 * 1024, ErrorMessage = "MedGemma:Serving:MaxRequestBytes must be between 1024 and 16777216.")]
    public long MaxRequestBytes { get; set; } = 64 * 1024;

    /// <summary>Longest question.</summary>
    /// <value>Characters; default 4000.</value>
    [Range(1, 100_000, ErrorMessage = "MedGemma:Serving:MaxQuestionLength must be between 1 and 100000.")]
    public int MaxQuestionLength { get; set; } = 4000;

    /// <summary>How often one user may call, on average; ten seconds' worth may come at once.</summary>
    /// <value>Requests a second; default 100.</value>
    [Range(1, 1_000_000, ErrorMessage = "MedGemma:Serving:RequestsPerSecond must be between 1 and 1000000.")]
    public int RequestsPerSecond { get; set; } = 100;

    /// <summary>How often a comment is sent on a stream on which nothing else happens.</summary>
    /// <value>A time span; default 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00", ErrorMessage = "MedGemma:Serving:Heartbeat must be between 00:00:00.1 and 00:05:00.")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);
}
