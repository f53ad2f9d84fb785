using System.Text.Json;

namespace Observe.Bench;

/// <summary>What keeps a command from its work, in one message for whoever started it.</summary>
internal static class BenchFailure
{
    /// <summary>The message, or null for a failure that nobody expects and whose stack trace is needed.</summary>
    public static string? Explain(Exception error) => error switch
    {
        BenchException => error.Message,
        HttpRequestException => $"Observe cannot be asked: {error.Message}. Start it, or say with --web where its UI and API are.",
        TaskCanceledException { InnerException: TimeoutException } => $"Observe did not answer: {error.Message}",
        OperationCanceledException => "Stopped.",
        JsonException => $"What answers is not Observe: {error.Message} Say with --web where its UI and API are.",
        _ => null,
    };
}
