/**
 * Arrows between rows: from a send to the receive that took its value, and from a task to a task
 * that it made ready. If there are too many arrows to distinguish, a sentence is drawn instead.
 *
 * @typedef {import('../index/channels.js').Arrows} Arrows
 * @typedef {import('./indexed-layer.js').View} View
 */
import { heightOf, rowTop } from '../layout/layout.js';

/** The maximum number of arrows that are drawn. The eye can't follow more. */
const MOST = 240;

const HEAD = 5;

/**
 * Finds the arrows that are in view and connect two rows.
 * @param {Arrows} arrows
 * @param {Pick<View, 'layout' | 'scale' | 'rows'>} view
 * @returns {number[]} indices of the arrows; MOST + 1 indices if there are more than MOST arrows
 */
export function arrowsIn(arrows, { layout, scale, rows }) {
  const found = [];
  for (let i = 0; i < arrows.from.length && found.length <= MOST; i++) {
    if (arrows.toMs[i] < scale.startMs || arrows.fromMs[i] > scale.endMs) continue;
    const [from, to] = [rows.rowOf(arrows.from[i]), rows.rowOf(arrows.to[i])];
    if (from < 0 || to < 0 || from === to || from >= layout.rows || to >= layout.rows) continue;
    found.push(i);
  }
  return found;
}

/**
 * @param {CanvasRenderingContext2D} ink
 * @param {Arrows} arrows
 * @param {Pick<View, 'layout' | 'scale' | 'rows' | 'palette'>} view
 */
export function paintArrows(ink, arrows, view) {
  const { layout, scale, rows, palette } = view;
  if (layout.by === 'processor') return say(ink, view, 'Arrows are drawn only where rows are tasks.');
  const found = arrowsIn(arrows, view);
  if (found.length > MOST) return say(ink, view, `More than ${MOST} arrows here: zoom in to see them.`);
  ink.lineWidth = 1.25;
  for (const i of found) {
    const value = i < arrows.values;
    const [from, to] = [rows.rowOf(arrows.from[i]), rows.rowOf(arrows.to[i])];
    const down = to > from;
    const x1 = scale.x(arrows.fromMs[i]);
    const x2 = scale.x(arrows.toMs[i]);
    const y1 = rowTop(layout, from) + (down ? heightOf(layout, from) : 0);
    const y2 = rowTop(layout, to) + (down ? 0 : heightOf(layout, to));
    ink.strokeStyle = ink.fillStyle = value ? palette.cursor : palette.inkSoft;
    ink.setLineDash(value ? [] : [3, 2]);
    ink.beginPath();
    ink.moveTo(x1, y1);
    ink.lineTo(x2, y2);
    ink.stroke();
    const angle = Math.atan2(y2 - y1, x2 - x1);
    ink.beginPath();
    ink.moveTo(x2, y2);
    for (const side of [-0.4, 0.4]) ink.lineTo(x2 - HEAD * Math.cos(angle + side), y2 - HEAD * Math.sin(angle + side));
    ink.fill();
  }
  ink.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} ink
 * @param {Pick<View, 'scale' | 'palette'>} view
 * @param {string} sentence
 */
function say(ink, { scale, palette }, sentence) {
  ink.font = `11px ${palette.font}`;
  const width = ink.measureText(sentence).width + 10;
  ink.fillStyle = palette.surface;
  ink.fillRect(scale.left + scale.width - width, 0, width, 16);
  ink.fillStyle = palette.ink;
  ink.textAlign = 'right';
  ink.textBaseline = 'top';
  ink.fillText(sentence, scale.left + scale.width - 5, 3);
}
