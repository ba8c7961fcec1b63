using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NetGen.AspNetCore.Tests;

/// <summary>A web service on a free port of this machine, with a network and its health at /health.</summary>
internal sealed class TestService<T> : IAsyncDisposable
    where T : class, IPredictor<T>
{
    private readonly WebApplication application;
    private int aborted;

    private TestService(WebApplication application)
    {
        this.application = application;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public HttpClient Client { get; }

    /// <summary>Of how many requests the service knows that their client has gone.</summary>
    public int Aborted => Volatile.Read(ref aborted);

    public NetworkService<T> Service => application.Services.GetRequiredService<NetworkService<T>>();

    public static async Task<TestService<T>> StartAsync(string path, Action<NetworkServiceOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddNetwork<T>(path, options =>
        {
            options.Device = Device.Cpu(1);
            configure?.Invoke(options);
        });
        builder.Services.AddHealthChecks().AddNetwork<T>();
        var application = builder.Build();
        TestService<T>? service = null;
        // What registers first is called last: by then the request has been canceled everywhere else.
        application.Use((context, next) =>
        {
            context.RequestAborted.Register(() => Interlocked.Increment(ref service!.aborted));
            return next();
        });
        application.MapNetwork<T>("/net");
        application.MapHealthChecks("/health");
        try
        {
            await application.StartAsync();
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        return service = new TestService<T>(application);
    }

    public Task StopAsync() => application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.StopAsync();
        await application.DisposeAsync();
    }
}
