using System.Net;
using MedGemma.Agents.Host.Serving.Security;

namespace MedGemma.Agents.Host.Tests.Serving;

public sealed class RefusedKeysTests
{
    [Fact]
    public void Whoever_tries_keys_without_end_leaves_some_rows_and_keeps_nobody_elses_from_being_written()
    {
        using var refused = new RefusedKeys();
        var address = IPAddress.Parse("192.0.2.7");

        var rows = Enumerable.Range(0, 1000).Count(_ => refused.LeavesRow(address));

        Assert.Equal(RefusedKeys.MostRows, rows);
        Assert.True(refused.LeavesRow(IPAddress.Parse("192.0.2.8")));
        Assert.True(refused.LeavesRow(null));
    }
}
