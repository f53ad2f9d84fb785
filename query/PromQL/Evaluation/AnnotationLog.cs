using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>Collects what the user should know beside the result, each thing once for each place in the query.</summary>
public sealed class AnnotationLog
{
    private const string IgnoredHistograms = "histograms were left out: this is computed of numbers alone";
    private readonly Lock _lock = new();
    private readonly SortedSet<string> _warnings = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _infos = new(StringComparer.Ordinal);

    /// <summary>The result may not be what was asked for.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    /// <summary>The result is right, but perhaps not what was meant.</summary>
    public IReadOnlyCollection<string> Infos => _infos;

    /// <summary>Notes what came up in a part of the query.</summary>
    public void Note(Annotations annotations, Expression where)
    {
        if (annotations == Annotations.None)
        {
            return;
        }

        foreach (Annotations one in Enum.GetValues<Annotations>())
        {
            if (AnnotationText.Of(one) is { } text && annotations.HasFlag(one))
            {
                Add((one & Annotations.Warnings) != 0 ? _warnings : _infos, text, where);
            }
        }
    }

    public void NoteIgnoredHistograms(Expression where) => Add(_infos, IgnoredHistograms, where);

    public void Warn(string text, Expression where) => Add(_warnings, text, where);

    public void Inform(string text, Expression where) => Add(_infos, text, where);

    private void Add(SortedSet<string> texts, string text, Expression where)
    {
        string kind = ReferenceEquals(texts, _warnings) ? "warning" : "info";
        lock (_lock)
        {
            texts.Add($"PromQL {kind}: {text}: {PromQLPrinter.Print(where)}");
        }
    }
}
