using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

using Observe.Query.Search;
using Observe.Query.Traces;
using Observe.Storage.Engine;
using Observe.Ui.Components;
using Observe.Ui.Records;
using Observe.Ui.Search;
using Observe.Ui.Time;

namespace Observe.Ui.Traces;

/// <summary>One trace: waterfall, a span's details, the logs. The chosen span and tab are in the address.</summary>
public sealed partial class TracePage
{
    private readonly HashSet<int> _collapsed = [];
    private CancellationTokenSource _load = new();
    private PageKeys<TracePage>? _keys;
    private string? _loaded;
    private Trace? _trace;
    private TraceWaterfall? _waterfall;
    private IReadOnlyList<WaterfallNode> _rows = [];
    private SpanRecord? _span;
    private IReadOnlyList<LogRecord> _spanLogs = [];
    private SearchFailure? _failure;
    private int _selected = -1;
    private bool _interactive;
    private bool _busy;
    private bool _logsTab;

    [Inject] public required ITraceService Traces { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] public required Shell Shell { get; set; }

    [Inject] public required ViewerTime ViewerTime { get; set; }

    [Parameter] public string TraceId { get; set; } = "";

    [SupplyParameterFromQuery(Name = "span")] public string? SpanId { get; set; }

    [SupplyParameterFromQuery(Name = "tab")] public string? Tab { get; set; }

    [JSInvokable]
    public async Task OnKey(string key)
    {
        switch (key)
        {
            case "j" or "ArrowDown":
                await MoveAsync(1);
                break;
            case "k" or "ArrowUp":
                await MoveAsync(-1);
                break;
            case "ArrowLeft" or "ArrowRight" or "Enter" when _selected >= 0 && _selected < _rows.Count:
                WaterfallNode node = _rows[_selected];
                bool collapsed = _collapsed.Contains(node.Index);
                if (node.Descendants > 0 && (key == "Enter" || collapsed == (key == "ArrowRight")))
                    Toggle(node);
                break;
            case "Escape":
                Close();
                break;
            default:
                return;
        }

        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await _load.CancelAsync();
        _load.Dispose();
        if (_keys is not null)
            await _keys.DisposeAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        _logsTab = Tab == "logs";
        if (!_interactive)
            return;

        if (_loaded != TraceId)
            await LoadAsync();
        else
            FindSpan();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        _keys = new PageKeys<TracePage>(this);
        if (!await _keys.ListenAsync(Shell, "j", "k", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Enter", "Escape"))
            return;

        _interactive = true;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        await _load.CancelAsync();
        _load.Dispose();
        _load = new CancellationTokenSource();
        CancellationToken token = _load.Token;
        if (_loaded != TraceId)
            Clear();
        _loaded = TraceId;
        _busy = true;
        _failure = null;
        StateHasChanged();
        try
        {
            Trace? trace = await Traces.GetTraceAsync(TraceId, token);
            if (trace is null)
                _failure = new SearchFailure("Nothing with this trace id is stored", $"Either {TraceId} has not arrived yet, its sender does not sample it, or the id is another one.");
            else
                Show(trace);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return;
        }
        catch (FormatException error)
        {
            _failure = new SearchFailure("This is not a trace id", error.Message);
        }
        catch (StorageException error)
        {
            _failure = SearchFailure.From(error);
        }

        _busy = false;
        StateHasChanged();
    }

    private void Show(Trace trace)
    {
        _trace = trace;
        _waterfall = TraceWaterfall.Of(trace);
        _collapsed.Clear();
        _rows = _waterfall.Nodes;
        FindSpan();
    }

    // A link leads to another trace on the same page: nothing of this one may stand beside the other's id.
    private void Clear()
    {
        _trace = null;
        _waterfall = null;
        _collapsed.Clear();
        _rows = [];
        FindSpan();
    }

    // A span that the address names may be under a collapsed one: that is opened.
    private void FindSpan()
    {
        _span = null;
        _spanLogs = [];
        _selected = -1;
        if (_waterfall is null || string.IsNullOrEmpty(SpanId))
            return;

        WaterfallNode? node = _waterfall.Nodes.FirstOrDefault(n => n.SpanId == SpanId && !n.IsMissing);
        if (node is null)
            return;

        if (_collapsed.RemoveWhere(index => index < node.Index && node.Index <= index + _waterfall.Nodes[index].Descendants) > 0)
            _rows = _waterfall.Visible(_collapsed);

        _span = node.Span;
        _spanLogs = node.Logs;
        for (int i = 0; i < _rows.Count; i++)
        {
            if (_rows[i].Index == node.Index)
                _selected = i;
        }
    }

    private Task MoveAsync(int step)
    {
        if (_logsTab || _rows.Count == 0)
            return Task.CompletedTask;

        int next = Math.Clamp(_selected + step, 0, _rows.Count - 1);
        while (_rows[next].IsMissing && next + step >= 0 && next + step < _rows.Count)
            next += step;
        return SelectAsync(_rows[next]);
    }

    private Task SelectAsync(WaterfallNode node) => node.IsMissing ? Task.CompletedTask : SelectIdAsync(node.SpanId);

    private Task SelectIdAsync(string spanId)
    {
        Go(spanId, _logsTab);
        return Task.CompletedTask;
    }

    private void Toggle(WaterfallNode node)
    {
        if (!_collapsed.Remove(node.Index))
            _collapsed.Add(node.Index);
        _rows = _waterfall!.Visible(_collapsed);
        FindSelectedRow();
    }

    private void FindSelectedRow()
    {
        _selected = -1;
        for (int i = 0; i < _rows.Count; i++)
        {
            if (_span is not null && ReferenceEquals(_rows[i].Span, _span))
                _selected = i;
        }
    }

    private void ShowTab(bool logs) => Go(SpanId, logs);

    private void Close() => Go(null, _logsTab);

    private void Go(string? spanId, bool logs)
    {
        var parts = new List<string>(2);
        if (!string.IsNullOrEmpty(spanId))
            parts.Add($"span={spanId}");
        if (logs)
            parts.Add("tab=logs");
        Navigation.NavigateTo($"trace/{TraceId}{(parts.Count > 0 ? "?" : "")}{string.Join('&', parts)}", replace: true);
    }

    // From a field of a span to all spans with it, around the trace.
    private void Filter((RecordField Field, bool Exclude) choice)
    {
        const long Around = 15L * 60 * 1_000_000_000;
        var range = new RangeText(TimeText.Format(_waterfall!.StartNs - Around), TimeText.Format(_waterfall.EndNs + Around));
        Navigation.NavigateTo(SearchAddress.For(choice.Field.AddTo("spans", choice.Exclude), range));
    }

    private int ServiceColour(string service) => WaterfallView.Colour(_waterfall!, service);
}
