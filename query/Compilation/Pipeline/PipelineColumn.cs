using Observe.Query.Compilation.Targets;

namespace Observe.Query.Compilation.Pipeline;

/// <summary>A column that a stage made.</summary>
/// <param name="Name">As the query and the answer name it.</param>
/// <param name="Sql">Its name in the statement.</param>
/// <param name="Target">What it stands for in SQL.</param>
internal sealed record PipelineColumn(string Name, string Sql, FieldTarget Target);
