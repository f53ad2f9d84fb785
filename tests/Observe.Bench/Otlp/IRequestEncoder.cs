namespace Observe.Bench.Otlp;

/// <summary>Writes Export…ServiceRequests. An instance belongs to one connection.</summary>
internal interface IRequestEncoder
{
    /// <summary>Appends request number <paramref name="block"/>, which holds <paramref name="count"/> records, to the buffer.</summary>
    void Encode(WireBuffer buffer, long block, int count);
}
