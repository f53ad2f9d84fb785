using Observe.Storage.Columns;

namespace Observe.Storage.Batches;

/// <summary>The field catalogue: a name, where it occurs, with which type, on which day.</summary>
public sealed class FieldBatch : ColumnBatch
{
    /// <summary>
    /// Characters of a name that is noted. A longer one is no name that anybody looks for, and is a row of its length for each type and day. Of a longer
    /// name the catalogue says nothing.
    /// </summary>
    public const int MaxNameLength = 1_000;

    public FieldBatch()
    {
        Day = Add("Day", new FixedColumn<ushort>("Date"));
        Signal = Add("Signal", new FixedColumn<sbyte>("Int8"));
        Source = Add("Source", new FixedColumn<sbyte>("Int8"));
        Name = Add("Name", new StringColumn());
        Type = Add("Type", new StringColumn());
    }

    public override string Table => "fields";

    /// <summary>Days since 1970-01-01 (UTC) on which it was seen.</summary>
    public FixedColumn<ushort> Day { get; }

    /// <summary>A <see cref="FieldSignal"/>.</summary>
    public FixedColumn<sbyte> Signal { get; }

    /// <summary>A <see cref="FieldSource"/>.</summary>
    public FixedColumn<sbyte> Source { get; }

    public StringColumn Name { get; }

    /// <summary>The engine's name of the type, such as Int64.</summary>
    public StringColumn Type { get; }
}
