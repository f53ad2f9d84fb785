// Sends fixed telemetry of all three signals with the OpenTelemetry SDK and prints, as JSON, what was sent.
//   node send.mjs --protocol grpc|http/protobuf|http/json --endpoint http://127.0.0.1:4317 --run ID
// Ends with 0 if every export was accepted, with 1 and the reasons on standard error otherwise.
import { parseArgs } from 'node:util';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { describeLogs, describeMetrics, describeSpans } from './describe.mjs';
import { protocols } from './exporters.mjs';
import { recording } from './recorder.mjs';
import { sendLogs, sendMetrics, sendSpans } from './telemetry.mjs';

const { values: options } = parseArgs({
  options: { protocol: { type: 'string' }, endpoint: { type: 'string' }, run: { type: 'string' } },
});
const exportersOf = protocols[options.protocol];
if (!exportersOf || !options.endpoint || !options.run) {
  console.error(`usage: node send.mjs --protocol ${Object.keys(protocols).join('|')} --endpoint URL --run ID`);
  process.exit(2);
}

const failed = [];
// A partial success is only a warning to the SDK; to a test it is a failure.
const complain = (...message) => failed.push(message.map(String).join(' '));
diag.setLogger({ error: complain, warn: complain, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN);

const resource = resourceFromAttributes({
  'service.name': 'node-cart',
  'service.namespace': 'test',
  'service.version': '1.2.3',
  'service.instance.id': `node-${options.run}`,
  'host.cpu.count': 8,
  'host.load': 0.25,
  'host.spot': true,
  'host.ip': ['10.0.0.1', 'fe80::1'],
});
const sent = { logs: [], spans: [], metrics: [] };
const exporters = exportersOf(options.endpoint);
const scope = ['test-client', '0.9.1'];

const tracers = new NodeTracerProvider({
  resource, spanProcessors: [new BatchSpanProcessor(recording(exporters.traces, describeSpans, sent.spans, failed))],
});
const loggers = new LoggerProvider({
  resource,
  processors: [new BatchLogRecordProcessor({ exporter: recording(exporters.logs, describeLogs, sent.logs, failed) })],
});
const meters = new MeterProvider({
  resource,
  readers: [new PeriodicExportingMetricReader({
    exporter: recording(exporters.metrics, describeMetrics, sent.metrics, failed),
    exportIntervalMillis: 600_000,
  })],
  views: [{ instrumentName: 'test.size', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 20 } } }],
});

const now = Date.now();
const start = [Math.floor(now / 1000) - 2, 123_456_789];
const contexts = sendSpans(tracers.getTracer(...scope), options.run, start);
sendLogs(loggers.getLogger(...scope), options.run, start, contexts);
sendMetrics(meters.getMeter(...scope), options.run);

const ends = await Promise.allSettled([tracers.forceFlush(), loggers.forceFlush(), meters.forceFlush()]);
failed.push(...ends.filter(end => end.status === 'rejected').map(end => String(end.reason?.stack ?? end.reason)));
if (failed.length === 0 && Object.values(sent).some(list => list.length === 0)) {
  failed.push(`nothing was exported of: ${Object.keys(sent).filter(signal => sent[signal].length === 0).join(', ')}`);
}
if (failed.length > 0) {
  console.error(failed.join('\n'));
  process.exitCode = 1;
}
// Shutting down the meters exports once more; these points would not be in what was printed, so that the process just ends.
process.stdout.write(JSON.stringify({ run: options.run, ...sent }, null, 1), () => process.exit());
