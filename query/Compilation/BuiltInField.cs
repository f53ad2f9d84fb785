using Observe.Query.Compilation.Targets;

namespace Observe.Query.Compilation;

/// <summary>A field that every record of a signal has, because it is a column.</summary>
/// <param name="Name">As it is written in a query.</param>
/// <param name="Type">As <see cref="Fields.FieldInfo.Types"/> says it.</param>
public sealed record BuiltInField(string Name, string Type, FieldTarget Target)
{
    /// <summary>The few values that it can have, in the order in which people look for them; none where it may have any.</summary>
    public IReadOnlyList<string> Values => Target.Names;
}
