using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Services;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Ui.Components;
using Observe.Ui.Records;
using Observe.Ui.Time;
using Observe.Ui.Traces;

namespace Observe.Ui.Search;

/// <summary>Logs, spans and metric series: query, bars over time (of what has times), list, open record.</summary>
/// <remarks>
/// The address is the only state that counts. Whatever a user does navigates; a changed address arrives in <see cref="OnParametersSetAsync"/>
/// and is asked. A newer search cancels the older one, and what is on screen stays until the answer is there.
/// Nothing is asked while prerendering, so a page load costs one search.
/// </remarks>
public sealed partial class SearchPage
{
    private const int Bars = 120;

    private static readonly (string Value, string Label)[] Signals = [.. SignalWords.All.Select(signal => (SignalWords.Of(signal), Label(signal)))];

    private static readonly string[] WiderStarts = ["now-1h", "now-1d", "now-7d", "now-30d"];

    private CancellationTokenSource _search = new();
    private PageKeys<SearchPage>? _keys;
    private TimeRangePicker? _picker;
    private SearchAddress _address = SearchAddress.From(null, null, null, null, null);
    private SearchAddress? _asked;
    private SearchResult? _result;
    private Histogram? _histogram;
    private QueryError? _error;
    private SearchFailure? _failure;
    private TimeRange _range;
    private bool _interactive;
    private SearchSignal _signal;
    private bool _busy;
    private bool _empty;
    private bool _manyDays;
    private int _selected = -1;
    private int _open = -1;

    [Inject] public required ISearchService Searches { get; set; }

    [Inject] public required IFieldCatalog Fields { get; set; }

    [Inject] public required IServiceCatalog Services { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] public required Shell Shell { get; set; }

    [Inject] public required ViewerTime ViewerTime { get; set; }

    [SupplyParameterFromQuery(Name = "q")] public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "from")] public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")] public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "open")] public string? Open { get; set; }

    // Text, because an address that somebody mistyped must still open.
    [SupplyParameterFromQuery(Name = "limit")] public string? Limit { get; set; }

    // That there are more records than rows is what the list says at its end, and of which days series are what stands beside their number; above the list, it would stand all the time.
    private IEnumerable<string> Notices =>
        _error is null && _failure is null
            ? (_result?.Notices ?? []).Concat(_histogram?.Notices ?? []).Distinct(StringComparer.Ordinal)
                .Where(notice => notice != DaysNotice && !(IsCutSaidBelow && notice == _result?.Cut?.Notice))
            : [];

    private bool IsSeriesList => _result is { Signal: SearchSignal.Metrics, Table: null };

    private bool IsCutSaidBelow => IsSeriesList || _result is { Cut.IsLatest: true };

    private string? DaysNotice => _result?.DaysNotice;

    private string Word => SignalWords.Of(_signal);

    private string Placeholder => _signal switch
    {
        SearchSignal.Spans => "spans status=error duration>250ms",
        SearchSignal.Metrics => "metrics service.name=checkout type=histogram",
        _ => "service.name=checkout severity>=error \"timed out\"",
    };

    private string BarWidth => _histogram is null ? "" : DurationText.Width(_histogram.BinNs);

    [JSInvokable]
    public async Task OnKey(string key)
    {
        switch (key)
        {
            case "j":
                await MoveAsync(1);
                break;
            case "k":
                await MoveAsync(-1);
                break;
            case "Enter" when _selected >= 0:
                await OpenAsync(_selected);
                break;
            case "Escape":
                if (_picker?.Close() != true)
                    Close();
                break;
            case "t" when _picker is not null:
                await _picker.ToggleAsync();
                break;
            case "r":
                await RunAsync();
                break;
            case "o" when _selected >= 0 && _result!.Records[_selected] is TimedRecord record && TraceAddress.For(record) is string trace:
                Navigation.NavigateTo(trace);
                break;
            default:
                return;
        }

        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await _search.CancelAsync();
        _search.Dispose();
        if (_keys is not null)
            await _keys.DisposeAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        _address = SearchAddress.From(Query, From, To, Open, Limit);
        _signal = QueryCompleter.SignalOf(_address.Query);
        if (_asked == _address.WithoutOpen)
            FindOpen();
        else if (_interactive)
            await RunAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        _keys = new PageKeys<SearchPage>(this);
        if (!await _keys.ListenAsync(Shell, "j", "k", "Enter", "Escape", "t", "r", "o"))
            return;

        _interactive = true;
        await RunAsync();
        StateHasChanged();
    }

    private async Task RunAsync()
    {
        await _search.CancelAsync();
        _search.Dispose();
        _search = new CancellationTokenSource();
        CancellationToken token = _search.Token;
        _asked = _address.WithoutOpen;

        if (!_address.Range.TryResolve(ViewerTime, out _range, out string problem))
        {
            Fail(null, new SearchFailure("The time range cannot be understood", problem));
            return;
        }

        _busy = true;
        StateHasChanged();
        try
        {
            var request = new SearchRequest(_address.Query, _range, _address.Limit);
            Task<Histogram?> counting = _signal == SearchSignal.Metrics ? Task.FromResult<Histogram?>(null) : CountAsync(request, token);
            Task<SearchResult> searching = Searches.SearchAsync(request, token);
            await Task.WhenAll(counting, searching);
            await ShowAsync(await searching, await counting, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // A newer search, or the page is gone: both see to the rest.
        }
        catch (QuerySyntaxException error)
        {
            Fail(new QueryError(error.Message, error.Position.Start, error.Position.Length), null);
        }
        catch (StorageException error)
        {
            Fail(null, SearchFailure.From(error));
        }
    }

    private async Task<Histogram?> CountAsync(SearchRequest request, CancellationToken token) => await Searches.HistogramAsync(request, Bars, token);

    private async Task ShowAsync(SearchResult result, Histogram? histogram, CancellationToken token)
    {
        bool empty = result.Records.Count == 0 && result.Table is not { RowCount: > 0 } && await FirstRecord.FindAsync(Searches, ViewerTime.Now, token) is null;
        token.ThrowIfCancellationRequested();
        _empty = empty;
        _result = result;
        _histogram = histogram;
        _error = null;
        _failure = null;
        _busy = false;
        _manyDays = ViewerTime.Local(_range.From).Date != ViewerTime.Local(_range.To).Date;
        _selected = -1;
        FindOpen();
        StateHasChanged();
    }

    private void Fail(QueryError? error, SearchFailure? failure)
    {
        _busy = false;
        _error = error;
        _failure = failure;
        StateHasChanged();
    }

    // The open record is named in the address; a search that no longer finds it shows the list alone.
    private void FindOpen()
    {
        _open = -1;
        if (_address.Open is null || _result is null)
            return;

        // Records that are alike in all have one name: the chosen one is meant.
        if (_selected >= 0 && RecordKey.Of(_result.Records[_selected]) == _address.Open)
        {
            _open = _selected;
            return;
        }

        for (int i = 0; i < _result.Records.Count; i++)
        {
            if (RecordKey.Of(_result.Records[i]) == _address.Open)
            {
                _open = i;
                _selected = i;
                return;
            }
        }
    }

    private Task OpenAsync(int index)
    {
        _selected = index;
        SearchAddress address = _address with { Open = RecordKey.Of(_result!.Records[index]) };
        if (address != _address)
            return GoAsync(address, replace: _open >= 0);

        // The row that is open already, or one that is alike in all: nothing new to ask.
        FindOpen();
        return Task.CompletedTask;
    }

    private Task MoveAsync(int step)
    {
        if (_result is null || _result.Records.Count == 0)
            return Task.CompletedTask;

        _selected = Math.Clamp(_selected + step, 0, _result.Records.Count - 1);
        return _open >= 0 ? OpenAsync(_selected) : Task.CompletedTask;
    }

    private void Close()
    {
        if (_open >= 0)
            _ = GoAsync(_address with { Open = null }, replace: true);
    }

    private Task SetQuery(string query) => GoAsync(_address with { Query = query.Trim(), Open = null });

    private Task SetRange(RangeText range) => GoAsync(_address with { Range = range, Open = null });

    private Task SetSignal(string signal) =>
        SetQuery(QueryCompleter.WithSignal(_address.Query, SignalWords.Find(signal) ?? SearchSignal.Logs));

    private static string Label(SearchSignal signal) => signal switch
    {
        SearchSignal.Spans => "Spans",
        SearchSignal.Metrics => "Metrics",
        _ => "Logs",
    };

    private Task Zoom((long From, long To) milliseconds) =>
        SetRange(new RangeText(TimeText.Format(milliseconds.From * 1_000_000), TimeText.Format(milliseconds.To * 1_000_000)));

    private Task ShowMore() => GoAsync(_address with { Limit = SearchAddress.MaxLimit });

    private Task Filter((RecordField Field, bool Exclude) choice)
    {
        try
        {
            return SetQuery(choice.Field.AddTo(_address.Query, choice.Exclude));
        }
        catch (QuerySyntaxException error)
        {
            // The list is still that of the query before, and the one in the bar must be right before anything can be added to it.
            Fail(new QueryError(error.Message, error.Position.Start, error.Position.Length), null);
            return Task.CompletedTask;
        }
    }

    // Who only sends traces must not be told that no log matches.
    private Task FirstRecordArrived(SearchSignal signal) =>
        GoAsync(_address with { Query = QueryCompleter.WithSignal("", signal), Range = new RangeText("now-1h", "now"), Open = null });

    private async Task GoAsync(SearchAddress address, bool replace = false)
    {
        if (address == _address)
        {
            await RunAsync();
            return;
        }

        Navigation.NavigateTo(address.ToString(), replace: replace);
    }

    private IEnumerable<RangeText> WiderRanges() =>
        WiderStarts
            .Select(from => new RangeText(from, "now"))
            .Where(wider => wider.TryResolve(ViewerTime, out TimeRange range, out _) && range.Duration > _range.Duration * 1.05)
            .Take(3);

    private async Task<Completion> CompleteAsync(string text, int caret, CancellationToken cancellationToken)
    {
        if (!_address.Range.TryResolve(ViewerTime, out TimeRange range, out _))
            return new Completion(0, 0, []);

        try
        {
            IReadOnlyList<FieldInfo> fields = await Fields.GetFieldsAsync(QueryCompleter.SignalOf(text), range, cancellationToken);
            string? field = QueryCompleter.FieldAt(text, caret);
            IReadOnlyList<ServiceSummary> services =
                field is "service" or "service.name" ? await Services.GetServicesAsync(range, cancellationToken) : [];
            return QueryCompleter.Complete(text, caret, fields, [.. services.Select(service => service.Name)]);
        }
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
            // Completion is a help, not an answer: the query itself will say what is wrong.
            return new Completion(0, 0, []);
        }
    }
}
