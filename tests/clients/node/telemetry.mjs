// The fixed telemetry that a run sends: each kind of value that the SDK can send, at least once.
import { createTraceState, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, ValueType } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';

/** Adds nanoseconds to a time of the form [seconds, nanoseconds]. */
const later = ([seconds, nanos], add) => {
  const total = BigInt(seconds) * 1_000_000_000n + BigInt(nanos) + BigInt(add);
  return [Number(total / 1_000_000_000n), Number(total % 1_000_000_000n)];
};

/** Two spans of one trace with everything a span can carry. Returns the contexts of both. */
export function sendSpans(tracer, run, start) {
  const earlier = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: TraceFlags.SAMPLED,
    traceState: createTraceState('vendor=one,other=two'),
  };
  const parent = tracer.startSpan('GET /cart/{id}', {
    kind: SpanKind.SERVER,
    startTime: start,
    attributes: {
      'test.run': run,
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'http.route': '/cart/{id}',
      'cart.weight': 12.75,
      'cart.empty': false,
      'cart.items': ['tea', 'Kännchen', '茶'],
      'cart.counts': [1, 2, -3],
      'cart.prices': [0.5, 2.25],
      'cart.flags': [true, false],
    },
    links: [{ context: earlier, attributes: { 'link.reason': 'retry', 'link.attempt': 2 } }],
  }, ROOT_CONTEXT);
  const inParent = trace.setSpan(ROOT_CONTEXT, parent);
  parent.addEvent('cache.miss', { 'cache.key': 'cart:42', 'cache.size': 1024, 'cache.ratio': 0.125, 'cache.warm': true }, later(start, 1_000_001));
  const child = tracer.startSpan('SELECT carts', {
    kind: SpanKind.CLIENT, startTime: later(start, 2_000_003), attributes: { 'test.run': run, 'db.system.name': 'postgresql' },
  }, inParent);
  child.recordException(new RangeError('connection pool is empty'), later(start, 3_000_007));
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'connection pool is empty' });
  child.end(later(start, 5_000_011));
  parent.setStatus({ code: SpanStatusCode.OK });
  parent.end(later(start, 9_000_013));
  return { inParent, inChild: trace.setSpan(ROOT_CONTEXT, child) };
}

/** Logs inside and outside a trace, with bodies of each type. */
export function sendLogs(logger, run, start, { inParent, inChild }) {
  const emit = (offset, record) => logger.emit({
    timestamp: later(start, offset),
    observedTimestamp: later(start, offset + 5_000),
    context: ROOT_CONTEXT,
    ...record,
    attributes: { 'test.run': run, ...record.attributes },
  });

  emit(1_000_019, {
    severityNumber: SeverityNumber.INFO,
    severityText: 'Information',
    body: 'Cart 42 loaded for Zoë in 12.75 ms',
    context: inParent,
    attributes: {
      'user.id': 'u-1093',
      'user.age': 41,
      'cart.negative': -7,
      'cart.large': Number.MAX_SAFE_INTEGER,
      'cart.weight': 12.75,
      'cart.tiny': 1e-7,
      'cart.empty': false,
      'cart.gift': true,
      'cart.note': '',
      'cart.items': ['tea', '', '茶'],
      'cart.counts': [1, 2, -3],
      'cart.prices': [0.5, 2.25],
      'cart.flags': [true, false],
      'cart.owner': { name: 'Zoë', address: { city: 'Köln', zip: 50667 }, vip: true, score: 0.5 },
    },
  });
  emit(2_000_023, {
    severityNumber: SeverityNumber.ERROR2,
    severityText: 'ERROR',
    eventName: 'cart.load.failed',
    body: { reason: 'pool empty', attempt: 3, waited_ms: 250.5, fatal: false, pool: { size: 20, waiting: [1, 2, 3] } },
    context: inChild,
  });
  emit(3_000_029, { severityNumber: SeverityNumber.DEBUG, body: ['a list', 'as a body'] });
  emit(4_000_031, { severityNumber: SeverityNumber.WARN, body: 99 });
  emit(5_000_037, { severityNumber: SeverityNumber.TRACE, body: 99.5 });
  emit(6_000_041, { severityNumber: SeverityNumber.FATAL, body: true });
}

/** One instrument of each kind. */
export function sendMetrics(meter, run) {
  const labels = { 'test.run': run, 'http.route': '/cart/{id}', 'shard': 3, 'hot': true };

  const requests = meter.createCounter('test.requests', { unit: '{request}', description: 'Requests served', valueType: ValueType.INT });
  requests.add(40, labels);
  requests.add(2, labels);
  requests.add(7, { ...labels, 'http.route': '/checkout' });
  meter.createCounter('test.revenue', { unit: 'EUR', valueType: ValueType.DOUBLE }).add(5.0, labels);
  const open = meter.createUpDownCounter('test.connections', { valueType: ValueType.INT });
  open.add(5, labels);
  open.add(-8, labels);
  meter.createGauge('test.temperature', { unit: 'Cel', valueType: ValueType.DOUBLE }).record(-1.5, labels);
  meter.createGauge('test.queue_length', { valueType: ValueType.INT }).record(17, labels);
  const duration = meter.createHistogram('test.duration', {
    unit: 'ms', description: 'Time to answer', advice: { explicitBucketBoundaries: [1, 5, 25, 100] },
  });
  const size = meter.createHistogram('test.size', { unit: 'By' });
  for (const value of [0.5, 3, 4.25, 60, 1000]) {
    duration.record(value, labels);
    size.record(value * 16, labels);
  }
  size.record(0, labels);
}

