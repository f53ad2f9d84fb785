using Microsoft.Extensions.Options;
using Observe.Storage;

namespace Observe.Query.Execution;

/// <summary>How many questions run at once, and how much memory each may take: the configured values, or what follows from the machine.</summary>
internal sealed class QuestionPlaces
{
    /// <summary>
    /// Connections that questions leave free: two for health checks and for asking whether an answer is still right, and one so that a question
    /// that streams its records can ask for their resources although all other places stream as well.
    /// </summary>
    public const int SpareConnections = 3;

    /// <summary>Small answers do not wait for one large one, even on one core.</summary>
    private const int FewestByDefault = 4;

    /// <summary>A question begins with this part of what one may take.</summary>
    private const int SmallPart = 4;

    public QuestionPlaces(IOptions<QueryOptions> query, IOptions<StorageOptions> storage)
    {
        QueryOptions options = query.Value;
        Count = CountOf(options, storage.Value.Engine);
        Statements = Math.Max(1, storage.Value.Engine.QueryConnections - SpareConnections + 1);
        LargeMemory = options.MaxMemory;
        SmallMemory = options.MaxMemory / SmallPart;
        long inAll = options.MaxMemoryInAll == 0 ? LeastMemory(options, storage.Value.Engine) : options.MaxMemoryInAll;
        LargeCount = (int)Math.Clamp((inAll - (Count * SmallMemory)) / (LargeMemory - SmallMemory), 1, Count);
    }

    /// <summary>Questions at once.</summary>
    public int Count { get; }

    /// <summary>Statements of questions at once.</summary>
    public int Statements { get; }

    /// <summary>Questions at once that may take <see cref="LargeMemory"/>.</summary>
    public int LargeCount { get; }

    /// <summary>Bytes that every statement may take.</summary>
    public long SmallMemory { get; }

    /// <summary>Bytes that a statement may take for which the small part was not enough.</summary>
    public long LargeMemory { get; }

    public static int Most(int connections) => Math.Max(1, connections - SpareConnections);

    /// <summary>One question has the whole, all others their part.</summary>
    public static long LeastMemory(QueryOptions options, EngineOptions engine) =>
        options.MaxMemory + ((CountOf(options, engine) - 1) * (options.MaxMemory / SmallPart));

    private static int CountOf(QueryOptions options, EngineOptions engine) => options.MaxConcurrentQueries > 0
        ? options.MaxConcurrentQueries
        : Math.Min(Math.Max(FewestByDefault, 2 * Environment.ProcessorCount), Most(engine.QueryConnections));
}
