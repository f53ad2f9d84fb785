// Asks Observe for the metrics of send.mjs with a client that is made for Prometheus, and prints the answers as JSON.
//   node prometheus.mjs --endpoint http://127.0.0.1:4319/prometheus --run ID
// Ends with 0 if every question was answered as its kind is, with an error where one is asked for.
import { parseArgs } from 'node:util';
import { PrometheusDriver } from 'prometheus-query';

const { values: options } = parseArgs({ options: { endpoint: { type: 'string' }, run: { type: 'string' } } });
if (!options.endpoint || !options.run) {
  console.error('usage: node prometheus.mjs --endpoint URL --run ID');
  process.exit(2);
}

const prometheus = new PrometheusDriver({ endpoint: options.endpoint });
const ofRun = `{test_run="${options.run}"}`;
const now = Date.now();
const [from, to] = [new Date(now - 60_000), new Date(now)];

const vector = ({ resultType, result }) => ({
  resultType,
  result: result.map(({ metric, value }) => ({ name: metric?.name, labels: metric?.labels, value: value.value })),
});
const matrix = ({ resultType, result }) => ({
  resultType,
  result: result.map(({ metric, values }) => ({ labels: metric.labels, last: values.at(-1).value })),
});
const names = series => series.map(({ name, labels }) => ({ name, labels }));
const errorOf = async question => {
  try {
    await question;
    throw new Error('there was an answer where an error is expected');
  } catch (error) {
    if (!error.prometheus) throw error;
    return { ...error.prometheus, httpStatus: error.httpStatus };
  }
};

const answers = {
  instant: vector(await prometheus.instantQuery(`test_requests_total${ofRun}`)),
  sum: vector(await prometheus.instantQuery(`sum by (http_route) (test_requests_total${ofRun})`)),
  quantile: vector(await prometheus.instantQuery(`histogram_quantile(0.5, sum by (le) (test_duration_milliseconds_bucket${ofRun}))`)),
  joined: vector(await prometheus.instantQuery(`test_queue_length${ofRun} * on (job, instance) group_left (host_cpu_count) target_info`)),
  range: matrix(await prometheus.rangeQuery(`sum by (http_route) (test_requests_total${ofRun})`, from, to, '15s')),
  series: names(await prometheus.series([`test_temperature_celsius${ofRun}`], from, to)),
  yesterday: names(await prometheus.series([`test_temperature_celsius${ofRun}`], new Date(now - 172_800_000), new Date(now - 86_400_000))),
  labelNames: await prometheus.labelNames([`test_requests_total${ofRun}`], from, to),
  metricNames: await prometheus.labelValues('__name__', [ofRun], from, to),
  routes: await prometheus.labelValues('http_route', [ofRun]),
  metadata: await prometheus.metadata('test_requests_total'),
  allMetadata: Object.keys(await prometheus.metadata()),
  rules: await prometheus.rules(),
  alerts: await prometheus.alerts(),
  application: (await prometheus.statusBuildinfo()).application,
  syntaxError: await errorOf(prometheus.instantQuery('sum(')),
  stepError: await errorOf(prometheus.rangeQuery('1', from, new Date(now + 86_400_000), 1)),
  noSuchPath: await errorOf(prometheus.statusFlags()),
  matchingError: await errorOf(prometheus.instantQuery(`test_requests_total${ofRun} * on (job) test_requests_total${ofRun}`)),
};
process.stdout.write(JSON.stringify(answers, null, 1));
