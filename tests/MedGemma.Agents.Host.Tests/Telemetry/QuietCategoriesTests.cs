using MedGemma.Agents.Host.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedGemma.Agents.Host.Tests.Telemetry;

public sealed class QuietCategoriesTests
{
    [Theory]
    [InlineData("ModelContextProtocol", "ModelContextProtocol.Server.McpServer")]
    [InlineData("ModelContextProtocol.Server", "ModelContextProtocol.Server.McpServer")]
    [InlineData("Orleans.Runtime.Messaging", "Orleans.Runtime.Messaging.MessageCenter")]
    [InlineData("Microsoft.AspNetCore.Routing.EndpointMiddleware", "Microsoft.AspNetCore.Routing.EndpointMiddleware")]
    [InlineData("", "Microsoft.AspNetCore.Http.Result.OkObjectResult")]
    public void What_is_configured_for_them_or_a_part_of_them_does_not_make_them_say_more(string configured, string category)
    {
        var told = new List<string>();
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFilter(configured, LogLevel.Trace).AddFilter<Collecting>(configured, LogLevel.Trace).AddProvider(new Collecting(told)))
            .PostConfigure<LoggerFilterOptions>(QuietCategories.Quieten)
            .BuildServiceProvider();
        var factory = services.GetRequiredService<ILoggerFactory>();

#pragma warning disable CA1848, CA2254 // What others' code writes, as it writes it.
        factory.CreateLogger(category).LogTrace("a patient");
        factory.CreateLogger(category).LogInformation("a patient");
        factory.CreateLogger("MedGemma.Agents").LogTrace("ours");
#pragma warning restore CA1848, CA2254

        Assert.Equal(["ours"], told);
    }

    private sealed class Collecting(List<string> told) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => told.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
