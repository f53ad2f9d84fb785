using System.Globalization;

using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

using Observe.Query.Language;
using Observe.Query.Services;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Ui.Components;
using Observe.Ui.Search;
using Observe.Ui.Time;

namespace Observe.Ui.Services;

/// <summary>Every service with its rate, errors and latencies; each figure leads to the records behind it.</summary>
public sealed partial class ServicesPage
{
    private CancellationTokenSource _load = new();
    private PageKeys<ServicesPage>? _keys;
    private TimeRangePicker? _picker;
    private RangeText _range = RangeText.Default;
    private RangeText? _loaded;
    private TimeRange _resolved;
    private IReadOnlyList<ServiceSummary>? _services;
    private SearchFailure? _failure;
    private bool _interactive;
    private bool _busy;

    [Inject] public required IServiceCatalog Catalog { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    [Inject] public required Shell Shell { get; set; }

    [Inject] public required ViewerTime ViewerTime { get; set; }

    [SupplyParameterFromQuery(Name = "from")] public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")] public string? To { get; set; }

    [JSInvokable]
    public async Task OnKey(string key)
    {
        if (key == "t" && _picker is not null)
            await _picker.ToggleAsync();
        else if (key == "r")
            await LoadAsync();
        else if (key == "Escape")
            _picker?.Close();
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
        _range = SearchAddress.From(null, From, To, null, null).Range;
        if (_interactive && _loaded != _range)
            await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        _keys = new PageKeys<ServicesPage>(this);
        if (!await _keys.ListenAsync(Shell, "t", "r", "Escape"))
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
        _loaded = _range;
        _failure = null;
        if (!_range.TryResolve(ViewerTime, out _resolved, out string problem))
        {
            _failure = new SearchFailure("The time range cannot be understood", problem);
            StateHasChanged();
            return;
        }

        _busy = true;
        StateHasChanged();
        try
        {
            _services = await Catalog.GetServicesAsync(_resolved, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return;
        }
        catch (StorageException error)
        {
            _failure = SearchFailure.From(error);
        }

        _busy = false;
        StateHasChanged();
    }

    private void SetRange(RangeText range) =>
        Navigation.NavigateTo($"services?from={Uri.EscapeDataString(range.From)}&to={Uri.EscapeDataString(range.To)}");

    private string Spans(ServiceSummary service) => SearchAddress.For(QueryEditor.Include("spans", "service.name", service.Name), _range);

    private string Errors(ServiceSummary service) =>
        SearchAddress.For(QueryEditor.Include(QueryEditor.Include("spans", "service.name", service.Name), "status", "error"), _range);

    private string Logs(ServiceSummary service) => SearchAddress.For(QueryEditor.Include("", "service.name", service.Name), _range);

    // One unit for the whole column, so that its figures compare at a glance.
    private string Rate(long requests)
    {
        double perSecond = requests / Math.Max(_resolved.Duration.TotalSeconds, 1);
        string format = perSecond >= 10 ? "N0" : perSecond >= 1 ? "0.0" : "0.00";
        return $"{perSecond.ToString(format, CultureInfo.InvariantCulture)} /s";
    }

    private static string Duration(double? nanoseconds) => nanoseconds is double value ? DurationText.Format(value) : "–";
}
