namespace Observe.Storage.Engine;

/// <summary>What went wrong in the engine, as far as a caller acts on it.</summary>
public enum StorageError
{
    /// <summary>Anything that the other members do not name; the message holds the engine's own words.</summary>
    Failed,

    /// <summary>The statement ran longer than its limit (ClickHouse codes 159, 160).</summary>
    TimeLimit,

    /// <summary>The statement needed more memory than its limit (code 241).</summary>
    MemoryLimit,

    /// <summary>The result or what it read has more rows or bytes than its limit (codes 158, 307, 396).</summary>
    RowLimit,

    /// <summary>The statement itself is wrong: syntax, unknown names, types (codes 36, 43, 46, 47, 53, 60, 62, 386 and their kin).</summary>
    BadStatement,

    /// <summary>The disk is full or cannot be written (codes 75, 76, 243).</summary>
    Disk,

    /// <summary>The engine is not there: not started yet, closed, or its server does not answer.</summary>
    Unavailable,
}
