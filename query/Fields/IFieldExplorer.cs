namespace Observe.Query.Fields;

/// <summary>Says which fields the records that a query finds have, and which values.</summary>
public interface IFieldExplorer
{
    /// <summary>The fields of the matching records: the columns in their order, then the others, the most frequent first.</summary>
    /// <exception cref="Language.QuerySyntaxException">The query is wrong.</exception>
    /// <exception cref="FormatException">The query is about another signal.</exception>
    Task<FieldUsages> GetFieldsAsync(FieldsRequest request, CancellationToken cancellationToken);

    /// <summary>The most frequent values of a field in the matching records.</summary>
    /// <inheritdoc cref="GetFieldsAsync" path="/exception"/>
    Task<FieldValues> GetValuesAsync(FieldValuesRequest request, CancellationToken cancellationToken);
}
