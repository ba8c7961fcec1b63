using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NetGen.AspNetCore.Http;

namespace NetGen.AspNetCore;

/// <summary>Networks among the endpoints of an application.</summary>
/// <example><code>app.MapNetwork&lt;Digits>("/digits");</code></example>
public static class NetworkEndpoints
{
    /// <summary>
    /// Three endpoints: <c>POST pattern</c> predicts for one sample, <c>POST pattern/batch</c> for several, <c>GET pattern</c> says what
    /// the network takes and gives, and which weights are in use.
    /// </summary>
    /// <typeparam name="T">The network's class, of which <c>AddNetwork</c> made a service.</typeparam>
    /// <param name="endpoints">The endpoints of the application.</param>
    /// <param name="pattern">The route, for example <c>/digits</c>.</param>
    /// <returns>All three, to demand authorization or to limit rates for instance.</returns>
    /// <exception cref="InvalidOperationException">There is no such service.</exception>
    public static IEndpointConventionBuilder MapNetwork<T>(this IEndpointRouteBuilder endpoints, string pattern)
        where T : class, IPredictor<T>
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        string name = typeof(T).Name;
        NetworkService<T> service = endpoints.ServiceProvider.GetService<NetworkService<T>>()
            ?? throw new InvalidOperationException($"{name} is not served: services.AddNetwork<{name}>(path) is missing.");
        RequestDelegate describe = new DescriptionEndpoint(service.Host).HandleAsync;
        RequestDelegate predictOne = new PredictionEndpoint(service.Host, severalSamples: false).HandleAsync;
        RequestDelegate predictSeveral = new PredictionEndpoint(service.Host, severalSamples: true).HandleAsync;
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.MapGet("", describe).WithDisplayName($"{name}: what it is");
        group.MapPost("", predictOne).WithDisplayName($"{name}: one sample");
        group.MapPost("/batch", predictSeveral).WithDisplayName($"{name}: several samples");
        return group;
    }
}
