// One exporter per signal, for each of the three protocols that OTLP has.
import { credentials } from '@grpc/grpc-js';
import { OTLPLogExporter as GrpcLogs } from '@opentelemetry/exporter-logs-otlp-grpc';
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtobufLogs } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter as GrpcMetrics } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufTraces } from '@opentelemetry/exporter-trace-otlp-proto';

const overHttp = (Logs, Traces, Metrics) => endpoint => ({
  logs: new Logs({ url: `${endpoint}/v1/logs` }),
  traces: new Traces({ url: `${endpoint}/v1/traces` }),
  metrics: new Metrics({ url: `${endpoint}/v1/metrics` }),
});

const overGrpc = url => {
  const options = { url, credentials: credentials.createInsecure() };
  return { logs: new GrpcLogs(options), traces: new GrpcTraces(options), metrics: new GrpcMetrics(options) };
};

/** From the name of a protocol, as OTEL_EXPORTER_OTLP_PROTOCOL spells it, to a function that makes its exporters. */
export const protocols = {
  'grpc': overGrpc,
  'http/protobuf': overHttp(ProtobufLogs, ProtobufTraces, ProtobufMetrics),
  'http/json': overHttp(JsonLogs, JsonTraces, JsonMetrics),
};
