using System.Globalization;
using System.Text;

namespace Observe.Ingest.Otlp.Json;

/// <summary>Where in a document the transcoder is, for its errors: <c>resourceLogs[0].scopeLogs[2].logRecords[7].timeUnixNano</c>.</summary>
internal sealed class JsonPathStack
{
    private readonly List<(string Name, int Index)> _segments = [];

    public void Push(string name) => _segments.Add((name, -1));

    public void Pop() => _segments.RemoveAt(_segments.Count - 1);

    /// <summary>Sets which element of the innermost array it is.</summary>
    public void SetIndex(int index) => _segments[^1] = (_segments[^1].Name, index);

    public override string ToString()
    {
        if (_segments.Count == 0)
        {
            return "the document";
        }

        var text = new StringBuilder();
        foreach ((string name, int index) in _segments)
        {
            text.Append(text.Length == 0 ? "" : ".").Append(name);
            if (index >= 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
        }

        return text.ToString();
    }
}
