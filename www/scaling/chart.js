/**
 * The chart of a sweep: the measured points with their spread, the ideal, and the predictions of
 * the laws. Predictions look different from measurements. Both axes are logarithmic: values double
 * from tick to tick.
 *
 * @typedef {import('../common/messages.js').Scaling} Scaling
 */
import { svg } from '../common/dom.js';

const WIDTH = 640;
const HEIGHT = 380;
const LEFT = 56;
const RIGHT = 24;
const TOP = 16;
const BOTTOM = 48;

/**
 * Returns the chart's ranges and scales. Computing them needs no DOM, so a test can check them.
 * @param {Scaling} scaling
 */
export function frameOf({ points, laws }) {
  const known = points.filter(({ speedup }) => speedup !== null);
  const most = Math.max(
    2,
    ...points.map(({ processors }) => processors),
    ...(laws?.predictions ?? []).map(({ processors }) => processors),
  );
  const highest = Math.max(most, ...known.map(({ speedup }) => speedup ?? 1));
  const lowest = Math.min(1, ...known.map(({ speedup, medianMs, mostMs }) => ((speedup ?? 1) * medianMs) / mostMs));
  const [xs, y0, ys] = [Math.log2(most), Math.log2(lowest), Math.log2(highest)];
  return {
    most,
    highest,
    lowest,
    x: (/** @type {number} */ processors) => LEFT + (Math.log2(processors) / xs) * (WIDTH - LEFT - RIGHT),
    y: (/** @type {number} */ speedup) =>
      HEIGHT - BOTTOM - ((Math.log2(speedup) - y0) / (ys - y0)) * (HEIGHT - TOP - BOTTOM),
  };
}

/**
 * @param {Scaling} scaling
 * @param {string} words   a description of the chart for screen readers
 * @returns {SVGElement}
 */
export function chart(scaling, words) {
  const { points, laws } = scaling;
  const { most, highest, lowest, x, y } = frameOf(scaling);
  /** @type {Node[]} */
  const parts = [];
  const text = (
    /** @type {number} */ left,
    /** @type {number} */ top,
    /** @type {string} */ said,
    anchor = 'middle',
    name = 'tick',
  ) => parts.push(svg('text', { x: left, y: top, 'text-anchor': anchor, class: name }, said));
  for (let p = 1; p <= most; p *= 2) {
    parts.push(svg('line', { x1: x(p), x2: x(p), y1: TOP, y2: HEIGHT - BOTTOM, class: 'grid' }));
    text(x(p), HEIGHT - BOTTOM + 18, String(p));
  }
  for (let s = 2 ** Math.ceil(Math.log2(lowest) - 1e-9); s <= highest * 1.001; s *= 2) {
    parts.push(svg('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y(s), y2: y(s), class: 'grid' }));
    text(LEFT - 8, y(s) + 4, `${s}×`, 'end');
  }
  text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, 'processors', 'middle', 'axis-name');
  const line = (/** @type {[number, number][]} */ places, /** @type {string} */ name) =>
    parts.push(
      svg('polyline', { points: places.map(([a, b]) => `${a.toFixed(1)},${b.toFixed(1)}`).join(' '), class: name }),
    );
  line(
    [
      [x(1), y(1)],
      [x(most), y(most)],
    ],
    'ideal',
  );
  text(x(most) - 4, y(most) + 46, 'ideal', 'end', 'ideal-name');
  if (laws) {
    /** @param {'amdahl' | 'usl'} law */
    const curve = (law) =>
      line(
        laws.curve.map((at) => [x(at.processors), y(Math.max(lowest, at[law] ?? 1))]),
        `law ${law}`,
      );
    curve('amdahl');
    if (laws.usl) curve('usl');
    for (const { processors, amdahl, usl } of laws.predictions) {
      for (const [speedup, name] of /** @type {const} */ ([
        [amdahl, 'amdahl'],
        [usl, 'usl'],
      ])) {
        if (speedup !== null)
          parts.push(
            svg('circle', { cx: x(processors), cy: y(Math.max(lowest, speedup)), r: 4.5, class: `predicted ${name}` }),
          );
      }
    }
  }
  const measured = points.filter(({ speedup }) => speedup !== null);
  line(
    measured.map(({ processors, speedup }) => [x(processors), y(speedup ?? 1)]),
    'measured-line',
  );
  for (const { processors, speedup, medianMs, leastMs, mostMs, oversubscribed } of measured) {
    const s = speedup ?? 1;
    parts.push(
      svg('line', {
        x1: x(processors),
        x2: x(processors),
        y1: y((s * medianMs) / mostMs),
        y2: y(Math.min(highest * 1.05, (s * medianMs) / leastMs)),
        class: 'spread',
      }),
      svg('circle', { cx: x(processors), cy: y(s), r: 5, class: oversubscribed ? 'measured beyond' : 'measured' }),
    );
  }
  return svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'scaling-chart', role: 'img', 'aria-label': words },
    ...parts,
  );
}
