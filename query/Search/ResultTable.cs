using Observe.Query.Compilation;
using Observe.Query.Compilation.Pipeline;
using Observe.Storage.Results;

namespace Observe.Query.Search;

/// <summary>Rows of columns that a query's stages made.</summary>
/// <remarks>
/// Values are as <see cref="ResultColumn.GetValue"/> has them: times in Unix nanoseconds, durations in nanoseconds, null where a row has no value.
/// </remarks>
public sealed class ResultTable
{
    private readonly IReadOnlyList<ResultBlock> _blocks;

    /// <param name="columns">The statement's columns.</param>
    /// <param name="blocks">Its result.</param>
    /// <param name="limit">So many rows at most belong to the answer.</param>
    /// <param name="types">The engine's type of each column; null to take those of the first block.</param>
    internal ResultTable(IReadOnlyList<CompiledColumn> columns, IReadOnlyList<ResultBlock> blocks, int limit, IReadOnlyList<string>? types = null)
    {
        _blocks = blocks;
        RowCount = Math.Min(limit, blocks.Sum(block => block.RowCount));
        types ??= blocks.Count == 0 ? [.. columns.Select(_ => "")] : [.. blocks[0].Columns.Select(column => column.Type)];
        Columns = [.. columns.Zip(types).Select(pair => new ResultField(pair.First.Name, TypeName(pair.First.Kind, pair.Second)))];
    }

    public IReadOnlyList<ResultField> Columns { get; }

    public int RowCount { get; }

    /// <summary>Each row as its block and its place in it; the block's columns are those of <see cref="Columns"/>, in order.</summary>
    public IEnumerable<(ResultBlock Block, int Row)> Rows =>
        _blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => (block, row))).Take(RowCount);

    /// <summary>The word for a kind of values; the engine's type tells integers from other numbers.</summary>
    internal static string TypeName(ValueKind kind, string engineType) => kind switch
    {
        ValueKind.Text => "string",
        ValueKind.Number => engineType.Contains("Int", StringComparison.Ordinal) ? "int" : "double",
        ValueKind.Duration => "duration",
        ValueKind.Time => "time",
        ValueKind.Bool => "bool",
        ValueKind.List => "array",
        ValueKind.Json => "object",
        _ => "any",
    };
}
