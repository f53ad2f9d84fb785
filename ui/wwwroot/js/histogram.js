// The bars over time above a list of records: stacked by severity or status, drag to zoom.
import { init } from '../lib/echarts.js';

const pad = (n) => String(n).padStart(2, '0');
const day = 86_400_000;

// Widths at which labels stand on round local times.
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800].map((s) => s * 1000);

function clock(ms, step) {
  const t = new Date(ms);
  if (step >= day || (t.getHours() === 0 && t.getMinutes() === 0 && t.getSeconds() === 0)) {
    return t.toLocaleDateString(undefined, { month: 'short', day: 'numeric' });
  }
  const text = `${pad(t.getHours())}:${pad(t.getMinutes())}`;
  return step < 60_000 ? `${text}:${pad(t.getSeconds())}` : text;
}

function full(ms, width) {
  const t = new Date(ms);
  const date = t.toLocaleDateString(undefined, { month: 'short', day: 'numeric' });
  const time = `${pad(t.getHours())}:${pad(t.getMinutes())}:${pad(t.getSeconds())}`;
  return width < 1000 ? `${date} ${time}.${String(t.getMilliseconds()).padStart(3, '0')}` : `${date} ${time}`;
}

// Resolves custom properties, light-dark() included, to the colours in force.
function colours(element, names) {
  const probe = document.createElement('i');
  probe.style.display = 'none';
  element.append(probe);
  const resolved = Object.fromEntries(names.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  }));
  probe.remove();
  return resolved;
}

export function create(element, server) {
  const canvas = element.querySelector('.histogram-canvas');
  const marker = element.querySelector('.histogram-drag');
  const chart = init(canvas, null, { renderer: 'canvas' });
  const grid = { left: 44, right: 12, top: 8, bottom: 20 };
  let data = null;
  let drag = null;

  function draw() {
    if (!data) return;
    const names = data.series.map((s) => `sev-${s.name}`);
    const c = colours(element, [...names, 'text-3', 'line', 'text', 'raised', 'line-strong', 'hover']);
    const span = data.starts.length * data.width;
    const room = Math.max(2, Math.floor((canvas.clientWidth - 60) / 84));
    const step = steps.find((s) => s >= data.width && span / s <= room) ?? steps.at(-1);
    const offset = new Date(data.starts[0] ?? 0).getTimezoneOffset() * 60_000;
    const labelled = (index) => {
      const local = data.starts[index] - offset;
      return local % step < data.width && (step < data.width * 1.5 || Math.floor(local / step) !== Math.floor((local - data.width) / step));
    };
    chart.setOption({
      animation: false,
      grid,
      tooltip: {
        trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: c.hover, opacity: 0.8 } }, confine: true, padding: [6, 9],
        backgroundColor: c.raised, borderColor: c['line-strong'], borderWidth: 1, textStyle: { color: c.text, fontSize: 12 },
        formatter: tip, transitionDuration: 0,
      },
      xAxis: {
        type: 'category', data: data.starts, boundaryGap: true,
        axisLine: { lineStyle: { color: c.line } }, splitLine: { show: false },
        axisTick: { show: true, interval: labelled, alignWithLabel: false, lineStyle: { color: c['line-strong'] }, length: 4 },
        axisLabel: { color: c['text-3'], fontSize: 11, interval: labelled, formatter: (v) => clock(Number(v), step), hideOverlap: true, margin: 6 },
      },
      yAxis: {
        type: 'value', minInterval: 1, splitNumber: 2, axisLabel: { color: c['text-3'], fontSize: 11, margin: 6, formatter: short },
        splitLine: { lineStyle: { color: c.line } },
      },
      series: data.series.map((s) => ({
        type: 'bar', name: s.name, stack: 'all', data: s.counts, barCategoryGap: '12%', barMinHeight: 0, cursor: 'crosshair',
        itemStyle: { color: c[`sev-${s.name}`] }, emphasis: { disabled: true },
      })),
    }, { notMerge: true });
  }

  function tip(points) {
    const index = points[0]?.dataIndex;
    if (index === undefined) return '';
    const box = document.createElement('div');
    box.className = 'histogram-tip';
    const head = document.createElement('div');
    head.textContent = `${full(data.starts[index], data.width)} – ${full(data.starts[index] + data.width, data.width).split(' ').at(-1)}`;
    box.append(head);
    let any = false;
    for (const s of [...data.series].reverse()) {
      const count = s.counts[index];
      if (!count) continue;
      any = true;
      const row = document.createElement('div');
      const dot = document.createElement('i');
      dot.style.background = `var(--sev-${s.name})`;
      const name = document.createElement('span');
      name.textContent = s.name;
      const value = document.createElement('b');
      value.textContent = count.toLocaleString('en-US');
      row.append(dot, name, value);
      box.append(row);
    }
    if (!any) {
      const none = document.createElement('span');
      none.textContent = 'nothing';
      box.append(none);
    }
    return box;
  }

  const short = (v) => (v >= 1e6 ? `${+(v / 1e6).toFixed(1)}M` : v >= 1e3 ? `${+(v / 1e3).toFixed(1)}k` : String(v));

  const bounds = () => ({ left: grid.left, right: canvas.clientWidth - grid.right });
  const timeAt = (x) => {
    const { left, right } = bounds();
    return data.starts[0] + ((x - left) / (right - left)) * data.starts.length * data.width;
  };
  const clamp = (x) => { const { left, right } = bounds(); return Math.min(Math.max(x, left), right); };
  const xOf = (event) => clamp(event.clientX - canvas.getBoundingClientRect().left);

  function onDown(event) {
    if (!data?.starts.length || event.button !== 0) return;
    drag = { from: xOf(event), to: xOf(event) };
    canvas.setPointerCapture?.(event.pointerId);
  }
  function onMove(event) {
    if (!drag) return;
    drag.to = xOf(event);
    marker.hidden = Math.abs(drag.to - drag.from) < 4;
    marker.style.left = `${Math.min(drag.from, drag.to)}px`;
    marker.style.width = `${Math.abs(drag.to - drag.from)}px`;
  }
  function onUp() {
    if (!drag) return;
    const { from, to } = drag;
    drag = null;
    marker.hidden = true;
    if (Math.abs(to - from) < 4) return;
    server.invokeMethodAsync('Zoom', Math.floor(timeAt(Math.min(from, to))), Math.ceil(timeAt(Math.max(from, to)))).catch(() => {});
  }
  const onCancel = () => { drag = null; marker.hidden = true; };

  const resize = new ResizeObserver(() => { chart.resize(); draw(); });
  resize.observe(canvas);
  window.addEventListener('observe:theme', draw);
  canvas.addEventListener('pointerdown', onDown);
  canvas.addEventListener('pointermove', onMove);
  canvas.addEventListener('pointerup', onUp);
  canvas.addEventListener('pointercancel', onCancel);

  return {
    set(next) { data = next; draw(); },
    dispose() {
      resize.disconnect();
      window.removeEventListener('observe:theme', draw);
      chart.dispose();
    },
  };
}
