namespace Observe.Query.Api.Declarations;

/// <summary>Where a parameter stands.</summary>
internal enum ParameterPlace
{
    /// <summary>In the query string; of a POST request also in its body.</summary>
    Query,

    Path,

    Header,
}
