namespace Observe.Ui.Hosting;

/// <summary>
/// Keeps the framework from logging what fails while starting: <see cref="StartFailure"/> says it once, without a stack trace. From then on its
/// warnings and errors are logged.
/// </summary>
internal static class StartPhaseLogging
{
    private static readonly string[] Categories = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    public static void AddStartPhaseFilter(this ILoggingBuilder logging, IServiceCollection services)
    {
        var phase = new StartPhase();
        services.AddSingleton(phase);
        foreach (string category in Categories)
            logging.AddFilter(category, level => phase.IsOver && level >= LogLevel.Warning);
    }
}
