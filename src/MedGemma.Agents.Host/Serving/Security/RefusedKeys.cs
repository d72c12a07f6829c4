using System.Net;
using System.Threading.RateLimiting;

namespace MedGemma.Agents.Host.Serving.Security;

/// <summary>
/// How many refused keys of one address leave a row of the audit: some a minute. Whoever tries keys without end is seen by them, and must not fill the database. Safe for
/// concurrent calls.
/// </summary>
internal sealed class RefusedKeys : IDisposable
{
    /// <summary>Rows of one address in a minute.</summary>
    public const int MostRows = 20;

    private readonly PartitionedRateLimiter<IPAddress> _rows = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetFixedWindowLimiter(
        address,
        _ => new FixedWindowRateLimiterOptions { PermitLimit = MostRows, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    /// <summary>Whether this one leaves a row.</summary>
    /// <param name="address">Where it came from; null where that is not known.</param>
    public bool LeavesRow(IPAddress? address)
    {
        using var lease = _rows.AttemptAcquire(address ?? IPAddress.None);
        return lease.IsAcquired;
    }

    public void Dispose() => _rows.Dispose();
}
