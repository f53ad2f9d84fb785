namespace Observe.Bench.Shop;

/// <summary>One span and its log record, before they are encoded.</summary>
internal struct Call
{
    public ulong TraceHigh;
    public ulong TraceLow;
    public ulong SpanId;

    /// <summary>0 for a root.</summary>
    public ulong ParentSpanId;

    /// <summary>The span that a consumer's link names; 0 for none.</summary>
    public ulong LinkedSpanId;

    /// <summary>Unix nanoseconds.</summary>
    public long Start;

    /// <summary>Nanoseconds.</summary>
    public long Duration;

    /// <summary>Where values that nothing depends on come from: the user, sizes, the message.</summary>
    public ulong Detail;

    /// <summary>Index in <see cref="ShopModel.Operations"/>: what is done, or, for a client's span, what is asked for.</summary>
    public ushort Operation;

    /// <summary>Index in <see cref="ShopModel.Instances"/>.</summary>
    public ushort Instance;

    public CallKind Kind;
    public bool IsDatabase;
    public bool Failed;
}
