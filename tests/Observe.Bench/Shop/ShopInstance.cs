namespace Observe.Bench.Shop;

/// <summary>One running instance of a service: what OTLP calls a resource.</summary>
/// <param name="Service">Index in <see cref="ShopService.All"/>.</param>
internal sealed record ShopInstance(int Service, int Number, string InstanceId, string Pod, string Host)
{
    public ShopService Definition => ShopService.All[Service];
}
