using Observe.Query.Language;
using Observe.Query.Search;

namespace Observe.Query.Compilation;

/// <summary>A query's condition, from which whole statements are made.</summary>
/// <param name="Condition">SQL over the signal's table, the time range included.</param>
/// <param name="Parameters">Holds the condition's values; the statement's further values are added to it.</param>
/// <param name="Fields">The fields that the query names.</param>
/// <param name="Regexes">The regular expressions that the query holds.</param>
public sealed record CompiledSearch(
    SearchSignal Signal, string Condition, ParameterBag Parameters, IReadOnlyList<FieldName> Fields, IReadOnlyList<QueryValue> Regexes);
