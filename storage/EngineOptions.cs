namespace Observe.Storage;

/// <summary>The engine inside the process. Configuration section <c>Observe:Engine</c>.</summary>
public sealed class EngineOptions
{
    /// <summary>The engine's library, where it is not beside the program or in <c>storage/node_modules</c> above it.</summary>
    public string? LibraryPath { get; set; }

    /// <summary>Statements of queries that run at the same time; further ones wait. Each holds a thread and a connection (about 1 MB), opened when it is first needed.</summary>
    public int QueryConnections { get; set; } = 16;

    /// <summary>Inserts that run at the same time: one for each signal and one to spare.</summary>
    public int InsertConnections { get; set; } = 4;

    /// <summary>Queries in SQL that users wrote, at the same time.</summary>
    public int UserSqlConnections { get; set; } = 2;

    /// <summary>How long closing waits for statements to end before their connections are closed all the same.</summary>
    public TimeSpan CloseGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Seconds that a query in users' SQL may take.</summary>
    public int UserSqlSeconds { get; set; } = 30;

    /// <summary>Bytes of memory that a query in users' SQL may take.</summary>
    public long UserSqlMemory { get; set; } = 512L << 20;

    /// <summary>
    /// Bytes that a query in users' SQL may return: the answer is held in memory until its end. More is an error. The engine counts a column
    /// of one constant as one value.
    /// </summary>
    public long UserSqlBytes { get; set; } = 128L << 20;

    /// <summary>Rows that a query in users' SQL may return; more is an error, never a silent cut.</summary>
    public int UserSqlRows { get; set; } = 100_000;
}
