namespace Observe.Query.Language;

/// <summary>Texts that name their fields themselves.</summary>
public enum ParseFormat
{
    /// <summary>A JSON object; members of objects within it are named with dots.</summary>
    Json,

    /// <summary><c>key=value key="quoted value"</c></summary>
    Logfmt,
}
