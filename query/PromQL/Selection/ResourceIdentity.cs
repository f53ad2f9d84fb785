namespace Observe.Query.PromQL.Selection;

/// <summary>What of a resource's attributes says which process it is, as Prometheus has it: <c>job</c> is the service's namespace and name, <c>instance</c> its instance.</summary>
/// <param name="Job">Such as <c>shop/checkout</c>; empty where the resource names no service.</param>
/// <param name="Instance">Empty where the resource names none.</param>
internal readonly record struct ResourceIdentity(string Job, string Instance)
{
    public const string JobLabel = "job";
    public const string InstanceLabel = "instance";
    public const string ServiceName = "service.name";
    public const string ServiceNamespace = "service.namespace";
    public const string ServiceInstance = "service.instance.id";

    public static ResourceIdentity Of(IReadOnlyDictionary<string, object?> resource)
    {
        string[] job = [Text(ServiceNamespace), Text(ServiceName)];
        return new ResourceIdentity(string.Join('/', job.Where(part => part.Length > 0)), Text(ServiceInstance));

        string Text(string name) => AttributeText.Of(resource.GetValueOrDefault(name));
    }

    /// <summary>Whether an attribute is one of those that it is made of.</summary>
    public static bool IsOf(string attribute) => attribute is ServiceName or ServiceNamespace or ServiceInstance;
}
