namespace Observe.Query.Services;

/// <summary>A service, or something that services call and that sends no spans.</summary>
/// <param name="Name">A service's name, or the address at which it is called.</param>
/// <param name="System">Such as <c>postgresql</c> or <c>kafka</c>; empty where its callers do not say.</param>
public sealed record ServiceMapNode(string Name, ServiceNodeType Type, string System);
