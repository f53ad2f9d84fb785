using System.Text;
using Observe.Bench.Shop;

namespace Observe.Bench.Otlp;

/// <summary>The resource of an instance and its scope, encoded once: what each Resource… and Scope… message begins with.</summary>
internal sealed class ResourcePrefix
{
    private ResourcePrefix(byte[] resource, byte[] scope)
    {
        Resource = resource;
        Scope = scope;
    }

    /// <summary>Field 1 of ResourceLogs, ResourceSpans and ResourceMetrics.</summary>
    public byte[] Resource { get; }

    /// <summary>Field 1 of ScopeLogs, ScopeSpans and ScopeMetrics.</summary>
    public byte[] Scope { get; }

    public static ResourcePrefix[] Of(ShopModel model) => [.. model.Instances.Select(Of)];

    private static ResourcePrefix Of(ShopInstance instance)
    {
        ShopService service = instance.Definition;
        byte[] attributes = KeyValue.Encode(
            1,
            ("service.name", service.Name),
            ("service.namespace", "shop"),
            ("service.version", service.Version),
            ("service.instance.id", instance.InstanceId),
            ("host.name", instance.Host),
            ("k8s.pod.name", instance.Pod),
            ("process.pid", 1000 + (instance.Service * 16) + instance.Number),
            ("deployment.environment.name", "production"),
            ("telemetry.sdk.language", service.Language));
        var resource = new WireBuffer();
        resource.Field(0x0A, attributes);
        var scope = new WireBuffer();
        int start = scope.Begin(0x0A, 2);
        scope.Field(0x0A, Encoding.UTF8.GetBytes(service.Logger));
        scope.Field(0x12, Encoding.UTF8.GetBytes(service.Version));
        scope.End(start, 2);
        return new ResourcePrefix(resource.Written.ToArray(), scope.Written.ToArray());
    }
}
