/**
 * The time axis beneath all lanes, with the time that the reader points at.
 *
 * @typedef {import('../layout/time-scale.js').TimeScale} TimeScale
 * @typedef {import('./palette.js').Palette} Palette
 */
import { ticks } from '../layout/ticks.js';
import { time } from '../../common/words.js';
import { make } from '../../common/dom.js';

const HEIGHT = 28;
const SIZE = 11;

export class Axis {
  element = make('canvas', { class: 'axis', 'aria-hidden': 'true' });

  /**
   * @param {TimeScale} scale
   * @param {Palette} palette
   * @param {number} density            device pixels in a unit of the timeline
   * @param {number} unit               unit of the timeline, in CSS pixels
   * @param {boolean} empty             true if nothing has run: no times are drawn
   * @param {number | null} cursorMs
   */
  paint(scale, palette, density, unit, empty, cursorMs) {
    const ink = this.element.getContext('2d');
    if (!ink) return;
    const right = scale.left + scale.width;
    this.element.width = Math.ceil(right * density);
    this.element.height = Math.ceil(HEIGHT * density);
    this.element.style.width = `${right * unit}px`;
    this.element.style.height = `${HEIGHT * unit}px`;
    if (empty) return;
    ink.scale(density, density);
    if (cursorMs === null || cursorMs < scale.startMs || cursorMs > scale.endMs) {
      this.draw(ink, scale, palette);
      return;
    }
    const label = precise(cursorMs, scale);
    ink.font = `${SIZE}px ${palette.font}`;
    const half = ink.measureText(label).width / 2 + 5;
    const middle = Math.min(Math.max(scale.x(cursorMs), scale.left + half), right - half);
    this.draw(ink, scale, palette, [middle - half, middle + half]);
    ink.fillStyle = palette.cursor;
    ink.textAlign = 'center';
    ink.fillText(label, middle, 9);
  }

  /**
   * @param {CanvasRenderingContext2D} ink
   * @param {TimeScale} scale
   * @param {Palette} palette
   * @param {readonly [number, number]} [kept]   the range in x that is kept free of tick labels
   */
  draw(ink, scale, palette, kept = [0, 0]) {
    const right = scale.left + scale.width;
    ink.font = `${SIZE}px ${palette.font}`;
    ink.textBaseline = 'top';
    ink.fillStyle = palette.inkSoft;
    ink.fillRect(scale.left, 0, scale.width, 1);
    for (const ms of ticks(scale, 80)) {
      const x = scale.x(ms);
      const label = precise(ms, scale);
      const half = ink.measureText(label).width / 2;
      ink.fillRect(Math.round(x), 0, 1, 5);
      if (x + half > kept[0] && x - half < kept[1]) continue;
      ink.textAlign = x + half > right ? 'right' : x - half < 0 ? 'left' : 'center';
      ink.fillText(label, Math.max(0, Math.min(x, right)), 9);
    }
  }
}

/**
 * Formats a time with enough digits to distinguish neighbouring ticks.
 * @param {number} ms
 * @param {TimeScale} scale
 */
function precise(ms, scale) {
  const step = 80 / scale.pixelsPerMs;
  if (ms === 0 || step >= 10 || (ms < 100 && step >= 1)) return time(ms);
  const digits = Math.min(6, Math.max(0, Math.ceil(-Math.log10(step))));
  return `${ms.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ms`;
}
