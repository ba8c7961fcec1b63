using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NetGen.AspNetCore;
using OpenTelemetry.Metrics;

namespace WebApi;

/// <summary>
/// The service: predictions at <c>/digits</c>, health at <c>/health</c>, OpenTelemetry's metrics as Prometheus reads them at
/// <c>/metrics</c>, and a page at <c>/</c> that shows them.
/// </summary>
internal static class Service
{
    public static WebApplication Build(WebApplicationBuilder builder, string weights, Action<NetworkServiceOptions>? configure = null)
    {
        builder.Services.AddNetwork<MnistCnn>(weights, options => configure?.Invoke(options));
        builder.Services.AddHealthChecks().AddNetwork<MnistCnn>();
        // The service's own instruments, and those of .NET's memory and garbage collector.
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("NetGen.AspNetCore", "System.Runtime")
            .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 0));

        var app = builder.Build();
        app.MapNetwork<MnistCnn>("/digits");
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteHealthAsync });
        app.MapPrometheusScrapingEndpoint();
        app.MapGet(
            "/", () => Results.Stream(typeof(Service).Assembly.GetManifestResourceStream("metrics.html")!, "text/html; charset=utf-8"));
        return app;
    }

    /// <summary>The state, and what the checks say of it.</summary>
    private static Task WriteHealthAsync(HttpContext context, HealthReport report) => context.Response.WriteAsync(
        $"{report.Status}\n{string.Join("\n", report.Entries.Values.Select(entry => entry.Description))}", context.RequestAborted);
}
