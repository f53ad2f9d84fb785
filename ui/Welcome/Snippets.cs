namespace Observe.Ui.Welcome;

/// <summary>Copy-ready first steps, with the addresses of this installation.</summary>
public static class Snippets
{
    public static IReadOnlyList<Snippet> For(string grpc, string http) =>
    [
        new("curl", [("Shell: one log record, now", Curl(http))]),
        new(".NET",
        [
            ("Shell", "dotnet add package OpenTelemetry.Extensions.Hosting\ndotnet add package OpenTelemetry.Instrumentation.AspNetCore\ndotnet add package OpenTelemetry.Exporter.OpenTelemetryProtocol"),
            ("Program.cs", """
                builder.Logging.AddOpenTelemetry(logging => logging.IncludeScopes = true);
                builder.Services.AddOpenTelemetry()
                    .ConfigureResource(resource => resource.AddService("my-service"))
                    .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation())
                    .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation())
                    .UseOtlpExporter();
                """),
            ("Environment", $"OTEL_EXPORTER_OTLP_ENDPOINT={grpc}"),
        ]),
        new("Collector", [("otel-collector.yaml", Collector(grpc))]),
        new("Node.js",
        [
            ("Shell", $"npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node\n\nexport OTEL_SERVICE_NAME=my-service\nexport OTEL_EXPORTER_OTLP_ENDPOINT={http}\nexport OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\nexport OTEL_LOGS_EXPORTER=otlp\nnode --require @opentelemetry/auto-instrumentations-node/register app.js"),
        ]),
        new("Python",
        [
            ("Shell", $"pip install opentelemetry-distro opentelemetry-exporter-otlp\nopentelemetry-bootstrap -a install\n\nexport OTEL_SERVICE_NAME=my-service\nexport OTEL_EXPORTER_OTLP_ENDPOINT={grpc}\nexport OTEL_LOGS_EXPORTER=otlp\nexport OTEL_PYTHON_LOGGING_AUTO_INSTRUMENTATION_ENABLED=true\nopentelemetry-instrument python app.py"),
        ]),
        new("Java",
        [
            ("Shell", $"# opentelemetry-javaagent.jar comes from the OpenTelemetry Java instrumentation's releases.\nexport OTEL_SERVICE_NAME=my-service\nexport OTEL_EXPORTER_OTLP_ENDPOINT={http}\njava -javaagent:opentelemetry-javaagent.jar -jar app.jar"),
        ]),
    ];

    private static string Curl(string http) => $$"""
        curl -sS {{http}}/v1/logs -H 'Content-Type: application/json' -d '{
          "resourceLogs": [{
            "resource": { "attributes": [{ "key": "service.name", "value": { "stringValue": "my-service" } }] },
            "scopeLogs": [{ "logRecords": [{
              "timeUnixNano": "'$(date +%s)000000000'",
              "severityNumber": 9,
              "body": { "stringValue": "hello, Observe" },
              "attributes": [{ "key": "user.id", "value": { "intValue": "42" } }]
            }] }]
          }]
        }'
        """;

    private static string Collector(string grpc) => $$"""
        receivers:
          otlp:
            protocols:
              grpc:
              http:
        exporters:
          otlp:
            endpoint: {{grpc.Replace("http://", "", StringComparison.Ordinal)}}
            tls:
              insecure: true
        service:
          pipelines:
            logs:    { receivers: [otlp], exporters: [otlp] }
            traces:  { receivers: [otlp], exporters: [otlp] }
            metrics: { receivers: [otlp], exporters: [otlp] }
        """;
}
