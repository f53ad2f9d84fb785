using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Observe.Tests.RealClients;

/// <summary>Sends known telemetry of all three signals with the OpenTelemetry SDK for .NET, inside the test's own process.</summary>
public static class DotNetClient
{
    private const int ExportTimeoutMilliseconds = 30_000;

    public static SentTelemetry Send(OtlpExportProtocol protocol, string endpoint, string run)
    {
        var attributes = new Dictionary<string, object?>
        {
            ["service.name"] = "dotnet-cart",
            ["service.namespace"] = "test",
            ["service.version"] = "1.2.3",
            ["service.instance.id"] = "dotnet-" + run,
            ["host.cpu.count"] = 8L,
            ["host.load"] = 5.0,
            ["host.spot"] = true,
            ["host.ip"] = new[] { "10.0.0.1", "fe80::1" },
        };
        ResourceBuilder resource = ResourceBuilder.CreateEmpty()
            .AddAttributes(attributes.Select(pair => new KeyValuePair<string, object>(pair.Key, pair.Value!)));
        IReadOnlyDictionary<string, object?> sentResource = DotNetValues.Attributes(attributes);
        var spans = new RecordingTraceExporter(Options("v1/traces"), sentResource);
        var logs = new LogRecorder(sentResource);
        var metrics = new RecordingMetricExporter(Options("v1/metrics"), sentResource);

        // The names hold the run, so that tests that run side by side do not hear each other's telemetry.
        using var source = new ActivitySource("test-client-" + run, "0.9.1");
        using var meter = new Meter("test-client-" + run, "0.9.1");
        using TracerProvider tracers = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .SetSampler(new AlwaysOnSampler())
            .AddSource(source.Name)
            .AddProcessor(new BatchActivityExportProcessor(spans))
            .Build();
        using MeterProvider meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(meter.Name)
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddView("test.size", new Base2ExponentialBucketHistogramConfiguration { MaxSize = 20 })
            .AddView("test.duration", new ExplicitBucketHistogramConfiguration { Boundaries = [1, 5, 25, 100] })
            .AddReader(new PeriodicExportingMetricReader(metrics, Timeout.Infinite))
            .Build();
        using (ILoggerFactory loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Trace)
            .AddOpenTelemetry(options =>
            {
                options.SetResourceBuilder(resource);
                options.IncludeFormattedMessage = true;
                options.AddProcessor(logs);
                options.AddProcessor(new BatchLogRecordExportProcessor(new OtlpLogExporter(Options("v1/logs"))));
            })))
        {
            DotNetTelemetry.Send(source, meter, loggers.CreateLogger("Shop.Cart"), run);
            Assert.True(tracers.ForceFlush(ExportTimeoutMilliseconds) && spans.AllAccepted, "The SDK could not export its spans.");

            // Shutting down exports; a flush before it would export every point twice.
            Assert.True(meters.Shutdown(ExportTimeoutMilliseconds) && metrics.AllAccepted, "The SDK could not export its metrics.");
        }

        return new SentTelemetry(logs.Sent, spans.Sent, metrics.Sent);

        OtlpExporterOptions Options(string path) => new()
        {
            Protocol = protocol,
            Endpoint = protocol == OtlpExportProtocol.Grpc ? new Uri(endpoint) : new Uri($"{endpoint.TrimEnd('/')}/{path}"),
            TimeoutMilliseconds = ExportTimeoutMilliseconds,
        };
    }
}
