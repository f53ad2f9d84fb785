using System.Globalization;
using Observe.Query.Compilation;
using Observe.Query.Compilation.Targets;
using Observe.Query.Execution;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Fields;

/// <inheritdoc cref="IFieldExplorer"/>
internal sealed class FieldExplorer(
    IQueryEngine engine, FieldSampleReader samples, IFieldCatalog catalog, IFieldTypes fieldTypes, FieldNotices fieldNotices, TimeProvider time)
    : IFieldExplorer
{
    /// <summary>Records whose values are counted: what the engine groups in some 100 ms.</summary>
    private const long SampleRecords = 1_000_000;

    private readonly SearchCompiler _compiler = new(time);

    public async Task<FieldUsages> GetFieldsAsync(FieldsRequest request, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("fields", time, request.Query, request.Range);
        (ParsedQuery query, CompiledSearch search) = Compile(request);
        FieldTypes types = await TypesAsync(search, search.Fields, request.Range, cancellationToken);
        Task<(SampleTallies Tallies, RecordSample Sample)> sampling = samples.ReadAsync(query, request.Range, types, cancellationToken);
        Task<IReadOnlyList<FieldInfo>> known = catalog.GetFieldsAsync(query.Signal, request.Range, cancellationToken);
        Task<IReadOnlyList<string>> checking = fieldNotices.NoticesAsync(query, search.Fields, types, request.Range, cancellationToken);
        await Task.WhenAll(sampling, known, checking);
        (SampleTallies tallies, RecordSample sample) = await sampling;
        return new FieldUsages(
            query.Signal,
            FieldUsageList.Build(await known, tallies, withUnseen: !sample.IsComplete && query.Filter is null),
            sample,
            [.. await checking, .. SeriesNotices.Of(query, request.Range, time), .. Notices(query, sample)]);
    }

    public async Task<FieldValues> GetValuesAsync(FieldValuesRequest request, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("values", time, request.Records.Query, request.Records.Range);
        (ParsedQuery query, CompiledSearch search) = Compile(request.Records);
        FieldName field = Field(request, query.Signal);
        FieldTypes types = await TypesAsync(search, [.. search.Fields, field], request.Records.Range, cancellationToken);
        TimeRange range = await new SampleRange(engine, _compiler).FindAsync(query, request.Records.Range, types, SampleRecords, cancellationToken);
        FieldTarget target = new FieldResolver(query.Signal, time, types).Resolve(field);
        SqlStatement statement = ValuesStatement.Compile(_compiler.Compile(query, range, types), target, request.Prefix, request.Limit);
        Task<IReadOnlyList<ResultBlock>> counting = engine.QueryAllAsync(statement, cancellationToken);
        Task<IReadOnlyList<string>> checking =
            fieldNotices.NoticesAsync(query, [.. search.Fields, field], types, request.Records.Range, cancellationToken);
        await Task.WhenAll(counting, checking);

        var tally = new ValueTally();
        foreach (ResultBlock block in await counting)
        {
            tally.Add(block);
        }

        var sample = new RecordSample(tally.AllRecords, range.From, range.To, range == request.Records.Range);
        return new FieldValues(
            query.Signal, tally.MostFrequent(request.Limit), tally.Records, tally.Distinct, sample, [.. await checking, .. SeriesNotices.Of(query, request.Records.Range, time), .. Notices(query, sample)]);
    }

    private FieldName Field(FieldValuesRequest request, SearchSignal signal)
    {
        var span = new TextSpan(0, 0);
        return request.Source switch
        {
            null => FieldName.FromWord(request.Name, span),
            "column" => new FieldResolver(signal, time).IsColumn(request.Name)
                ? new FieldName(FieldPlace.Any, request.Name, span)
                : throw new FormatException($"{Excerpt.Of(request.Name)} is no column of {SignalWords.Of(signal)}: leave source out, or say attribute, resource, scope or body."),
            "attribute" => new FieldName(FieldPlace.Attribute, request.Name, span),
            "resource" => new FieldName(FieldPlace.Resource, request.Name, span),
            "scope" => new FieldName(FieldPlace.Scope, request.Name, span),
            "body" => new FieldName(FieldPlace.Body, request.Name, span),
            { } other => throw new FormatException($"source is column, attribute, resource, scope or body; not \"{Excerpt.Of(other)}\"."),
        };
    }

    private static IEnumerable<string> Notices(ParsedQuery query, RecordSample sample)
    {
        if (query.Stages.Count > 0)
        {
            yield return "The fields are those of the records that the filter finds; the stages after it are left out.";
        }

        if (!sample.IsComplete && query.Signal == SearchSignal.Metrics)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"The figures are of {sample.Records} of the matching series, chosen by chance; there may be more values, and rarer fields.");
        }
        else if (!sample.IsComplete)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The figures are of the latest {sample.Records} matching records, since {Rfc3339.Format(sample.From)}; there may be more values, and rarer fields, before.");
        }
    }

    private (ParsedQuery Query, CompiledSearch Search) Compile(FieldsRequest request)
    {
        ParsedQuery query = QueryParser.Parse(request.Query, request.Signal ?? SearchSignal.Logs);
        return request.Signal is null || request.Signal == query.Signal
            ? (query, _compiler.Compile(query, request.Range))
            : throw new FormatException($"signal says {SignalWords.Of(request.Signal.Value)}, the query {SignalWords.Of(query.Signal)}: leave one of them out.");
    }

    private async Task<FieldTypes> TypesAsync(
        CompiledSearch search, IReadOnlyList<FieldName> fields, TimeRange range, CancellationToken cancellationToken)
    {
        await RegexCheck.RunAsync(engine, search.Regexes, cancellationToken);
        return await fieldTypes.GetAsync(search.Signal, fields, range, cancellationToken);
    }
}
