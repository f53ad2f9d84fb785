namespace Observe.Bench.Sending;

/// <summary>What a client has to do after an export.</summary>
internal enum ExportOutcome
{
    Accepted,

    /// <summary>Send the same request again later.</summary>
    Retry,

    /// <summary>Give the request up.</summary>
    Failed,
}
