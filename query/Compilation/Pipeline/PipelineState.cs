using Observe.Query.Language;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>What is known at a point of a query.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Scope">The fields that they have.</param>
/// <param name="Chosen">The columns that a <c>fields</c> stage chose; null for all.</param>
internal sealed record PipelineState(PipelineRows Rows, PipelineScope Scope, IReadOnlyList<FieldName>? Chosen)
{
    /// <summary>The same columns for other rows.</summary>
    public PipelineState With(PipelineRows rows) => this with { Rows = rows };

    /// <summary>The same rows with further columns, which are shown too.</summary>
    /// <param name="computed">Aliases and what they stand for.</param>
    /// <param name="scope">The fields, the new ones among them.</param>
    /// <param name="names">The new columns' names.</param>
    public PipelineState Add(IEnumerable<(string Alias, string Sql)> computed, PipelineScope scope, params IEnumerable<string> names) => new(
        Rows with { Computed = [.. Rows.Computed, .. computed] },
        scope,
        Chosen is null ? null : [.. Chosen.Where(field => !names.Contains(field.Name)), .. names.Select(name => new FieldName(FieldPlace.Any, name, default))]);
}
