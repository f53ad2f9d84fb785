namespace Observe.Query.PromQL.Language;

/// <summary>What a function takes in one place.</summary>
/// <param name="Name">As Prometheus's documentation calls it.</param>
/// <param name="Type">What the argument must be.</param>
/// <param name="Default">What stands for an argument that is left out; null where it may not be.</param>
public sealed record FunctionParameter(string Name, ExpressionType Type, Expression? Default = null);
