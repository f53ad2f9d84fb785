using Observe.Query.Compilation.Targets;
using Observe.Query.Language;

namespace Observe.Query.Compilation;

/// <summary>Which fields there are at a point of a query, and what each stands for.</summary>
public abstract class FieldScope
{
    /// <summary>What words and phrases are looked for in.</summary>
    /// <exception cref="QuerySyntaxException">Rows have no text here.</exception>
    public abstract FieldTarget Text(TextSpan span);

    /// <summary>What a name stands for.</summary>
    /// <exception cref="QuerySyntaxException">There is no such field, and there cannot be one.</exception>
    public abstract FieldTarget Resolve(FieldName field);

    /// <summary>The condition that a record carries an id.</summary>
    /// <exception cref="QuerySyntaxException">Rows are no records here.</exception>
    public abstract string CarriesId(ParameterBag parameters, string id, TextSpan span);

    /// <summary>The fields of spans, for conditions on the spans above those that rows are.</summary>
    /// <exception cref="QuerySyntaxException">Rows are no spans here.</exception>
    public abstract FieldResolver Spans(TextSpan span);
}
