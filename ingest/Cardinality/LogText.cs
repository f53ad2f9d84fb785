namespace Observe.Ingest.Cardinality;

/// <summary>A name that a sender made up, so that a line of the log stays one line.</summary>
internal static class LogText
{
    private const int MaxLength = 200;

    public static string Of(string name)
    {
        string cut = name.Length > MaxLength ? name[..MaxLength] + "…" : name;
        return string.Concat(cut.Select(static c => char.IsControl(c) ? '?' : c));
    }
}
