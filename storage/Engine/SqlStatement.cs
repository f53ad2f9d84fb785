namespace Observe.Storage.Engine;

/// <summary>
/// A statement in the engine's SQL dialect, with its values apart from its text.
/// </summary>
/// <param name="Text">SQL with placeholders of the form <c>{name:Type}</c>. Values that users sent never stand in it.</param>
/// <param name="Parameters">One value for each placeholder.</param>
/// <param name="Settings">Engine settings for this statement alone (limits, formats); names and values are the program's own.</param>
public sealed record SqlStatement(
    string Text,
    IReadOnlyList<SqlParameter> Parameters,
    IReadOnlyList<KeyValuePair<string, string>> Settings)
{
    public SqlStatement(string text)
        : this(text, [], [])
    {
    }

    public SqlStatement(string text, IReadOnlyList<SqlParameter> parameters)
        : this(text, parameters, [])
    {
    }
}
