using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;

namespace Observe.Query.Fields;

/// <summary>Says where the fields of a question occur and with which types. To be asked before each compilation.</summary>
public interface IFieldTypes
{
    /// <summary>What is known of the fields that a query names; columns may be among them.</summary>
    /// <param name="signal">Whose fields.</param>
    /// <param name="fields">As a first compilation without types lists them.</param>
    /// <param name="range">The question's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<FieldTypes> GetAsync(SearchSignal signal, IReadOnlyList<FieldName> fields, TimeRange range, CancellationToken cancellationToken);
}
