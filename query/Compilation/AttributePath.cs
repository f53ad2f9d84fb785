namespace Observe.Query.Compilation;

/// <summary>Names of attributes as paths of the engine's JSON columns.</summary>
internal static class AttributePath
{
    /// <summary>Whether one attribute can be asked for by its name: the engine takes what follows these characters for a type, however the name is quoted.</summary>
    public static bool CanBeAsked(string name) => !name.Contains(".:`", StringComparison.Ordinal);
}
