using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Query.Fields;

/// <summary>Which fields there are.</summary>
public interface IFieldCatalog
{
    /// <summary>The fields of a signal's records on the days of the range, in order of their names; the built-in columns first.</summary>
    Task<IReadOnlyList<FieldInfo>> GetFieldsAsync(SearchSignal signal, TimeRange range, CancellationToken cancellationToken);
}
