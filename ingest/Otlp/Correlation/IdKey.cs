namespace Observe.Ingest.Otlp.Correlation;

/// <summary>What a key says of its values.</summary>
internal enum IdKey : byte
{
    /// <summary>Nothing: the value decides by its looks.</summary>
    Unsaid = 0,

    /// <summary>They are ids.</summary>
    Id = 1,

    /// <summary>They are none, whatever they look like.</summary>
    NoId = 2,
}
