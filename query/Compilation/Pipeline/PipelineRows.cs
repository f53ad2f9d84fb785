using System.Globalization;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>The rows at a point of a query, as the parts of one SELECT, which stays flat as long as it can.</summary>
/// <remarks>
/// A stage becomes a condition or an alias of the same SELECT where that means the same. In a SELECT around another one the engine would read whole JSON
/// columns instead of the one path that is asked for, and could use neither the sort key nor the indexes.
/// </remarks>
/// <param name="From">A table, or a SELECT in parentheses.</param>
internal sealed record PipelineRows(string From)
{
    /// <summary>Conditions, all of which hold.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>Aliases, each with what it stands for; they may use those before them.</summary>
    public IReadOnlyList<(string Alias, string Sql)> Computed { get; init; } = [];

    /// <summary>What stands after ORDER BY; null if the rows are in no order.</summary>
    public string? Order { get; init; }

    /// <summary>What stands after LIMIT 1 BY; null if there is no such clause.</summary>
    public string? Distinct { get; init; }

    /// <summary>At most so many rows; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether rows are the signal's records, the latest first, each for itself: so that a part of the range can be asked alone.</summary>
    public bool IsLatestFirst { get; init; }

    /// <summary>The same rows, to which conditions and groups can be added without a change of meaning.</summary>
    public PipelineRows Settled => Distinct is null && Limit is null
        ? this
        : new PipelineRows($"({Select(string.Join(", ", Computed.Select(column => column.Alias).Prepend("*")))}{Tail})") { Order = Order };

    /// <summary>The same rows with a further column, made before anything that is put around them. They must be settled.</summary>
    public PipelineRows WithMade(string alias, string sql) =>
        new($"({Select(string.Join(", ", Computed.Select(column => column.Alias).Prepend("*").Append($"{sql} AS {alias}")))})");

    /// <summary>ORDER BY and what follows it.</summary>
    public string Tail =>
        (Order is null ? "" : $" ORDER BY {Order}") + (Distinct is null ? "" : $" LIMIT 1 BY {Distinct}") + (Limit is null ? "" : string.Create(CultureInfo.InvariantCulture, $" LIMIT {Limit}"));

    /// <summary>The SELECT of all rows, up to and without ORDER BY.</summary>
    public string Select(string columns)
    {
        string with = Computed.Count == 0 ? "" : $"WITH {string.Join(", ", Computed.Select(column => $"{column.Sql} AS {column.Alias}"))} ";
        string where = Where.Count == 0 ? "" : $" WHERE {string.Join(" AND ", Where)}";
        return $"{with}SELECT {columns} FROM {From}{where}";
    }
}
