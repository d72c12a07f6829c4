using System.Threading.RateLimiting;
using MedGemma.Agents.Host.Serving.Security;

namespace MedGemma.Agents.Host.Serving;

/// <summary>Limits how often one user, or one address without a user, may call; what is over it gets 429 with <c>Retry-After</c>.</summary>
internal static class RequestRate
{
    private const int BurstSeconds = 10;

    public static IServiceCollection AddRequestRate(this IServiceCollection services, ServingOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            PartitionOf(context),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RequestsPerSecond * BurstSeconds,
                TokensPerPeriod = options.RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));
        limiter.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "1";
            await Problems.TooManyRequests().ExecuteAsync(rejected.HttpContext).ConfigureAwait(false);
        };
    });

    private static string PartitionOf(HttpContext context)
    {
        if (context.User.Identity is not { IsAuthenticated: true })
            return "address " + context.Connection.RemoteIpAddress;

        var caller = context.User.ToCaller();
        return $"user {caller.Issuer}\n{caller.User}";
    }
}
