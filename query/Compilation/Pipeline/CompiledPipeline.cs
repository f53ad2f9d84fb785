using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Storage.Engine;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>A query as one statement.</summary>
/// <param name="Signal">What its records are.</param>
/// <param name="Shape">What its rows are.</param>
/// <param name="Statement">At most as many rows as asked for and one more.</param>
/// <param name="Columns">The columns of a table; of records those that stages added to <see cref="RecordColumns"/>.</param>
/// <param name="IsLatestFirst">Whether rows are the latest first and each for itself, so that a range can be asked in stretches.</param>
/// <param name="HasWalk">Whether it goes up traces, for every statement anew.</param>
/// <param name="Limit">The most rows of the answer, by what was asked for or by the query's own last stage.</param>
/// <param name="OwnLimit">The most rows by the query's own last stage; null if it sets none.</param>
/// <param name="Fields">The fields of records that the query names.</param>
/// <param name="Regexes">The regular expressions that it holds.</param>
public sealed record CompiledPipeline(
    SearchSignal Signal,
    PipelineShape Shape,
    SqlStatement Statement,
    IReadOnlyList<CompiledColumn> Columns,
    bool IsLatestFirst,
    bool HasWalk,
    int Limit,
    int? OwnLimit,
    IReadOnlyList<FieldName> Fields,
    IReadOnlyList<QueryValue> Regexes);

/// <summary>A column of a statement.</summary>
/// <param name="Name">As the answer calls it.</param>
/// <param name="Alias">As the statement calls it.</param>
public sealed record CompiledColumn(string Name, string Alias, ValueKind Kind);

/// <summary>What the rows of a query are.</summary>
public enum PipelineShape
{
    /// <summary>Whole records.</summary>
    Records,

    /// <summary>Rows of columns that stages made or chose.</summary>
    Table,
}
