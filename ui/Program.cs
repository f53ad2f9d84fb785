using Observe.Ingest;
using Observe.Query;
using Observe.Storage;
using Observe.Ui.Hosting;

if (StartHelp.IsAsked(args))
{
    StartHelp.Write();
    return 0;
}

try
{
    WebApplicationBuilder builder = ObserveHost.CreateBuilder(args);
    builder.Services.AddObserveStorage(builder.Configuration);
    builder.Services.AddObserveIngest(builder.Configuration);
    builder.Services.AddObserveQuery(builder.Configuration);
    builder.Services.AddObserveUi();

    using IDisposable? fileSize = FileSizeSignal.Ignore();
    await using WebApplication app = builder.Build();
    app.MapObserveQuery();
    app.MapObserveUi();

    await app.StartAsync();
    StartBanner.Write(app);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception error) when (StartFailure.Explain(error) is string message)
{
    await Console.Error.WriteLineAsync(message);
    return 1;
}
