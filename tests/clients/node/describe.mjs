// From the SDK's objects to plain JSON that keeps the types: int and long numbers as text, doubles as numbers.
import { ValueType } from '@opentelemetry/api';
import { AggregationTemporality, DataPointType } from '@opentelemetry/sdk-metrics';

/** The SDK sends a number that is an integer as int, any other as double. */
export function typed(value) {
  switch (typeof value) {
    case 'string': return { string: value };
    case 'boolean': return { bool: value };
    case 'number': return Number.isInteger(value) ? { int: String(value) } : { double: value };
    case 'undefined': return { none: true };
  }
  if (value === null) return { none: true };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return { array: value.map(typed) };
  return { map: typedMap(value) };
}

const typedMap = map => Object.fromEntries(Object.entries(map).map(([key, value]) => [key, typed(value)]));

/** Unix nanoseconds as text. */
const nanos = ([seconds, rest]) => (BigInt(seconds) * 1_000_000_000n + BigInt(rest)).toString();

const origin = item => ({
  resource: typedMap(item.resource.attributes),
  scope: { name: item.instrumentationScope.name, version: item.instrumentationScope.version ?? '' },
});

export const describeLogs = records => records.map(record => ({
  ...origin(record),
  timestamp: nanos(record.hrTime),
  observedTimestamp: nanos(record.hrTimeObserved),
  traceId: record.spanContext?.traceId ?? '',
  spanId: record.spanContext?.spanId ?? '',
  flags: record.spanContext?.traceFlags ?? 0,
  severityNumber: record.severityNumber ?? 0,
  severityText: record.severityText ?? '',
  eventName: record.eventName ?? '',
  body: typed(record.body),
  attributes: typedMap(record.attributes),
}));

export const describeSpans = spans => spans.map(span => ({
  ...origin(span),
  traceId: span.spanContext().traceId,
  spanId: span.spanContext().spanId,
  parentSpanId: span.parentSpanContext?.spanId ?? '',
  traceState: span.spanContext().traceState?.serialize() ?? '',
  // Bits 8 and 9 say whether the parent is known to be remote; here it never is.
  flags: 0x100 | span.spanContext().traceFlags,
  name: span.name,
  kind: ['internal', 'server', 'client', 'producer', 'consumer'][span.kind],
  start: nanos(span.startTime),
  end: nanos(span.endTime),
  status: ['unset', 'ok', 'error'][span.status.code],
  statusMessage: span.status.message ?? '',
  attributes: typedMap(span.attributes),
  events: span.events.map(event => ({
    timestamp: nanos(event.time), name: event.name, attributes: typedMap(event.attributes ?? {}),
  })),
  links: span.links.map(link => ({
    traceId: link.context.traceId,
    spanId: link.context.spanId,
    traceState: link.context.traceState?.serialize() ?? '',
    attributes: typedMap(link.attributes ?? {}),
  })),
}));

export const describeMetrics = resourceMetrics => resourceMetrics.scopeMetrics.flatMap(({ scope, metrics }) =>
  metrics.flatMap(metric => metric.dataPoints.map(point => ({
    ...origin({ resource: resourceMetrics.resource, instrumentationScope: scope }),
    name: metric.descriptor.name,
    unit: metric.descriptor.unit,
    description: metric.descriptor.description,
    type: { [DataPointType.SUM]: 'sum', [DataPointType.GAUGE]: 'gauge', [DataPointType.HISTOGRAM]: 'histogram',
      [DataPointType.EXPONENTIAL_HISTOGRAM]: 'exponential_histogram' }[metric.dataPointType],
    temporality: metric.dataPointType === DataPointType.GAUGE ? 'unspecified'
      : metric.aggregationTemporality === AggregationTemporality.DELTA ? 'delta' : 'cumulative',
    isMonotonic: metric.dataPointType === DataPointType.SUM && metric.isMonotonic,
    attributes: typedMap(point.attributes),
    start: nanos(point.startTime),
    timestamp: nanos(point.endTime),
    value: typeof point.value !== 'number' ? undefined
      : metric.descriptor.valueType === ValueType.INT ? { int: String(point.value) } : { double: point.value },
    histogram: typeof point.value === 'number' ? undefined : describeHistogram(point.value),
  }))));

const describeHistogram = value => ({
  count: value.count,
  sum: value.sum,
  min: value.min,
  max: value.max,
  ...(value.buckets
    ? { bounds: value.buckets.boundaries, counts: value.buckets.counts }
    : {
        scale: value.scale,
        zeroCount: value.zeroCount,
        positive: { offset: value.positive.offset, counts: value.positive.bucketCounts },
        negative: { offset: value.negative.offset, counts: value.negative.bucketCounts },
      }),
});
