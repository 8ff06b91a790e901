/**
 * What is around the marks of a lane's picture, whether its run goes on or has ended: the grid,
 * names, how far it was seen, and what is pointed at.
 *
 * @typedef {import('./layout.js').Layout} Layout
 * @typedef {import('./moment.js').Moment} Moment
 * @typedef {import('./time-scale.js').TimeScale} TimeScale
 * @typedef {import('./timeline.js').Timeline} Timeline
 * @typedef {import('../view/palette.js').Palette} Palette
 * @typedef {CanvasRenderingContext2D} Ink
 */
import { time } from '../words.js';
import { rowAt, rowTop } from './layout.js';
import { ticks } from './ticks.js';
import { waitOf } from './wait.js';

/**
 * @typedef {object} Ground
 * @property {Layout} layout
 * @property {TimeScale} scale
 * @property {Palette} palette
 * @property {number} density               device pixels in a CSS pixel
 * @property {(reason: number) => string} wordOf   what a blocked task waits for
 * @property {string} stripName             what the strip's rows are
 * @property {number | null} cursorMs       a time that the reader points at, in any lane
 * @property {number | null} cursorY        how high, where it is in this lane
 */

/**
 * As large as the picture is now, and empty.
 * @param {HTMLCanvasElement | OffscreenCanvas} canvas
 * @param {Ink} ink
 * @param {Ground} ground
 */
export function cleanCanvas(canvas, ink, { layout, scale, density }) {
  const width = Math.ceil((scale.left + scale.width) * density);
  const height = Math.ceil(layout.height * density);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  ink.setTransform(density, 0, 0, density, 0, 0);
  ink.clearRect(0, 0, width, height);
}

/**
 * Draws within the axis, not over the names.
 * @param {Ink} ink
 * @param {Ground} ground
 * @param {() => void} draw
 */
export function withinAxis(ink, { layout, scale }, draw) {
  ink.save();
  ink.beginPath();
  ink.rect(scale.left, 0, scale.width, layout.height);
  ink.clip();
  draw();
  ink.restore();
}

/**
 * @param {Ink} ink
 * @param {Ground} ground
 */
export function paintGrid(ink, { layout, scale, palette }) {
  ink.fillStyle = palette.grid;
  for (const ms of ticks(scale, 80)) ink.fillRect(Math.round(scale.x(ms)), 0, 1, layout.height);
}

/**
 * @param {Ink} ink
 * @param {Ground} ground
 * @param {number} tasks
 * @param {(row: number) => string} nameOf
 */
export function paintNames(ink, { layout, scale, palette, stripName }, tasks, nameOf) {
  ink.textAlign = 'left';
  ink.textBaseline = 'middle';
  ink.fillStyle = palette.ink;
  const room = scale.left - 8;
  if (layout.mode === 'rows') {
    ink.font = `${layout.rowPitch < 14 ? 9.5 : 12}px ${palette.font}`;
    for (let row = 0; row < layout.rows; row++) {
      ink.fillText(fitting(ink, nameOf(row), room), 0, rowTop(layout, row) + layout.rowHeight / 2 + 0.5);
    }
  } else {
    ink.font = `12px ${palette.font}`;
    ink.fillText(fitting(ink, `${tasks} tasks`, room), 0, layout.top + layout.body / 2);
  }
  ink.fillStyle = palette.inkSoft;
  ink.font = `10.5px ${palette.font}`;
  if (layout.levelsHeight > 0) {
    const middle = layout.levelsTop + layout.levelsHeight / 2;
    for (const [i, word] of ['blocked', 'ready', 'running'].entries()) ink.fillText(fitting(ink, word, room), 0, middle + (i - 1) * 14);
  }
  if (layout.processors === 0) return;
  const strip = layout.stripTop + (layout.processors * layout.stripPitch) / 2;
  ink.fillText(fitting(ink, stripName, room), 0, strip);
}

/**
 * Where the run ended, or how far it was seen.
 * @param {Ink} ink
 * @param {Ground} ground
 * @param {Timeline} timeline
 */
export function paintEnd(ink, { layout, scale, palette }, timeline) {
  const ended = timeline.wallMs !== null;
  const ms = timeline.wallMs ?? timeline.nowMs;
  const x = scale.x(ms);
  if (x < scale.left || x > scale.left + scale.width) return;
  ink.fillStyle = ended ? palette.endOfRun : palette.now;
  ink.fillRect(Math.round(x), 0, ended ? 2 : 1, layout.height);
  const text = time(ms);
  ink.font = `${ended ? 600 : 450} 12px ${palette.font}`;
  ink.textBaseline = 'middle';
  const right = x + 8 + ink.measureText(text).width < scale.left + scale.width;
  if (!right) return; // the heading says it anyhow
  ink.textAlign = 'left';
  ink.fillText(text, x + 8, layout.top + layout.body / 2);
}

/**
 * The time that is pointed at, and beside it what happened in the row there, in a sentence.
 * @param {Ink} ink
 * @param {Ground} ground
 * @param {(row: number, ms: number) => {name: string, moment: Moment} | null} find
 */
export function paintCursor(ink, { layout, scale, palette, wordOf, cursorMs, cursorY }, find) {
  if (cursorMs === null || cursorMs < scale.startMs || cursorMs > scale.endMs) return;
  ink.fillStyle = palette.cursor;
  ink.fillRect(scale.x(cursorMs) - 0.5, 0, 1, layout.height);
  const row = cursorY === null ? -1 : rowAt(layout, cursorY);
  const found = row < 0 ? null : find(row, cursorMs);
  if (!found) return;
  const { name, moment } = found;
  const what = moment.state === 'running' ? `running${moment.processor < 0 ? '' : ` on processor ${moment.processor + 1}`}`
    : moment.state === 'ready' ? 'ready' : `blocked: ${waitOf(wordOf(moment.reason), moment.reason, moment.channel)}`;
  const until = moment.endMs === null ? `since ${time(moment.startMs)}`
    : `${time(moment.startMs)} to ${time(moment.endMs)}, ${time(moment.endMs - moment.startMs)}`;
  const right = scale.left + scale.width;
  ink.font = `12px ${palette.font}`;
  const text = fitting(ink, `${name}, ${what}, ${until}`, right - 12);
  const width = ink.measureText(text).width + 12;
  const left = Math.max(0, Math.min(scale.x(cursorMs) + 8, right - width));
  const top = Math.max(0, Math.min(rowTop(layout, row) + layout.rowHeight + 3, layout.height - 20));
  ink.fillStyle = palette.ink;
  ink.beginPath();
  ink.roundRect(left, top, width, 20, 3);
  ink.fill();
  ink.fillStyle = palette.surface;
  ink.textAlign = 'left';
  ink.textBaseline = 'middle';
  ink.fillText(text, left + 6, top + 10.5);
}

/**
 * @param {Ink} ink
 * @param {string} text
 * @param {number} room
 */
function fitting(ink, text, room) {
  if (ink.measureText(text).width <= room) return text;
  let short = text;
  while (short.length > 1 && ink.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return `${short}…`;
}
