using System.Runtime.CompilerServices;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp;

/// <summary>Adds up about how many bytes of columns a request's rows become beyond the bytes that they were sent in.</summary>
/// <remarks>
/// A record, an event or an exemplar may be sent in two bytes, and what they share is sent once: names of service and scope, a metric's name
/// and description, the key of a map, which begins the path of each of its leaves, and resource and scope, which are stored for each day.
/// In columns each has them all, so a request of a few kilobytes could take any amount of memory.
/// </remarks>
internal struct DecodedSize
{
    /// <summary>The fixed columns of a row take about 100 bytes; the rest is for paths of attributes, which take a byte for every row.</summary>
    private const int Row = 256;

    /// <summary>The columns of a span's event or link and of a summary's quantile take 16 to 36 bytes.</summary>
    private const int Element = 36;

    private const ulong NanosecondsPerDay = 86_400ul * 1_000_000_000;

    private int _resource;
    private int _serviceName;
    private int _scope;
    private int _scopeName;
    private long _metric;
    private ulong _day;

    private DayBits _days;

    public long Bytes { get; private set; }

    /// <summary>Days that the records lie on: the engine makes a part of a table for each.</summary>
    public int Days { get; private set; }

    public void BeginResource(in ResourceEnvelope envelope, RepeatedField attributes)
    {
        _resource = envelope.Resource.Length + envelope.SchemaUrl.Length;
        _serviceName = 0;
        _day = ulong.MaxValue;
        foreach (ReadOnlySpan<byte> attribute in attributes)
        {
            var keyValue = new KeyValueMessage(attribute);
            if (keyValue.Key.SequenceEqual("service.name"u8))
            {
                _serviceName = Math.Max(_serviceName, keyValue.ValueBytes.Length);
            }
        }
    }

    public void BeginScope(in ScopeEnvelope envelope, in ScopeMessage scope)
    {
        _scope = envelope.Scope.Length + envelope.SchemaUrl.Length;
        _scopeName = scope.ScopeName.Length;
    }

    public void BeginMetric(in MetricMessage metric)
    {
        _metric = metric.MetricName.Length + metric.Unit.Length + metric.Description.Length;
        foreach (ReadOnlySpan<byte> entry in metric.Metadata)
        {
            _metric += entry.Length;
        }
    }

    /// <summary>Adds a data point, which may begin a series of its own.</summary>
    public void AddPoint(ulong unixNano)
    {
        AddRow(unixNano);
        Bytes += _metric;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="unixNano">Its time, which decides the day under which its resource and scope are stored.</param>
    public void AddRow(ulong unixNano)
    {
        Bytes += Row + _serviceName + _scopeName;
        ulong day = unixNano / NanosecondsPerDay;
        if (day != _day)
        {
            _day = day;
            NoteDay((int)Math.Min(day, ushort.MaxValue));
            Bytes += _resource + _scope;
        }
    }

    /// <summary>Adds an exemplar, which is a row with attributes.</summary>
    public void AddExemplar() => Bytes += Row;

    /// <summary>Adds an event, a link or a quantile.</summary>
    public void AddElement() => Bytes += Element;

    /// <summary>Adds numbers that may be sent in a byte each.</summary>
    public void AddNumbers(int count) => Bytes += (long)count * sizeof(ulong);

    /// <summary>Adds what the keys of maps are repeated in the paths of their entries.</summary>
    public void AddPaths(long bytes) => Bytes += bytes;

    private void NoteDay(int day)
    {
        ref ulong word = ref _days[day / 64];
        ulong bit = 1ul << (day % 64);
        if ((word & bit) == 0)
        {
            word |= bit;
            Days++;
        }
    }

    /// <summary>A bit for each day that the engine's Date has.</summary>
    [InlineArray(1024)]
    private struct DayBits
    {
        private ulong _first;
    }
}
