/**
 * The parts of a lane's timeline around its marks: the grid, the names, the end of the run, and the
 * cursor. These parts are the same for a run that goes on and for a run that has ended.
 *
 * @typedef {import('../layout/layout.js').Layout} Layout
 * @typedef {import('../index/moment.js').Moment} Moment
 * @typedef {import('../layout/time-scale.js').TimeScale} TimeScale
 * @typedef {import('../index/timeline.js').Timeline} Timeline
 * @typedef {import('./palette.js').Palette} Palette
 * @typedef {CanvasRenderingContext2D} Ink
 */
import { time } from '../../common/words.js';
import { heightOf, isGroup, rowAt, rowTop, stripOpens } from '../layout/layout.js';
import { ticks } from '../layout/ticks.js';
import { waitOf } from '../words/wait.js';

/** The width for the triangle of a row that opens. If a row opens, all names are indented by it. */
const INDENT = 11;

/**
 * @typedef {object} Ground
 * @property {Layout} layout
 * @property {TimeScale} scale
 * @property {Palette} palette
 * @property {number} density               device pixels in a unit of the timeline
 * @property {(reason: number) => string} wordOf   words for what a blocked task waits for
 * @property {string} stripName             label of the processors' strip
 * @property {number | null} cursorMs       time that the reader points at, in any lane
 * @property {number | null} cursorY        y that the reader points at; null: the reader points at
 *   another lane or at none
 */

/**
 * Gives the canvas the size of the timeline and clears it.
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
 * Calls `draw` with drawing clipped to the area of the axis, so nothing is drawn over the names.
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
 * The label of a row. A row that opens shows a triangle before its name.
 * @typedef {object} Label
 * @property {string} name
 * @property {string} [more]    text in another colour after the name
 * @property {boolean} [open]   for a row that opens: whether it is open
 */

/**
 * @param {Ink} ink
 * @param {Ground} ground
 * @param {(row: number) => Label} labelOf
 */
export function paintNames(ink, { layout, scale, palette, stripName }, labelOf) {
  ink.textAlign = 'left';
  ink.textBaseline = 'middle';
  const room = scale.left - 4;
  for (let row = 0; row < layout.rows; row++) {
    const label = labelOf(row);
    const middle = rowTop(layout, row) + heightOf(layout, row) / 2;
    if (isGroup(layout, row)) paintOpener(ink, palette, label, 12, room, middle, layout.groupHeight);
    else {
      ink.fillStyle = palette.ink;
      ink.font = `${layout.rowPitch < 14 ? 9.5 : 12}px ${palette.font}`;
      const indent = layout.groupRows.length > 0 ? INDENT : 0;
      ink.fillText(shortened(ink, label.name, room - indent), indent, middle + 0.5);
    }
  }
  ink.fillStyle = palette.inkSoft;
  ink.font = `10.5px ${palette.font}`;
  if (layout.levelsHeight > 0) {
    const middle = layout.levelsTop + layout.levelsHeight / 2;
    for (const [i, word] of ['blocked', 'ready', 'running'].entries())
      ink.fillText(fitting(ink, word, room), 0, middle + (i - 1) * 14);
  }
  if (layout.stripHeight === 0) return;
  const middle = layout.stripTop + layout.stripHeight / 2;
  if (stripOpens(layout))
    paintOpener(
      ink,
      palette,
      { name: '', more: stripName, open: !layout.together },
      10.5,
      room,
      middle,
      Math.min(layout.stripHeight, 2 * 13),
    );
  else ink.fillText(fitting(ink, stripName, room), 0, middle);
}

/**
 * Draws the label of a row that opens, in as many lines as its height allows.
 * @param {Ink} ink
 * @param {Palette} palette
 * @param {Label} label
 * @param {number} size     text size
 * @param {number} room     width for the label, from the left edge of the timeline
 * @param {number} middle
 * @param {number} height
 */
function paintOpener(ink, palette, { name, more = '', open = false }, size, room, middle, height) {
  ink.fillStyle = palette.inkSoft;
  ink.beginPath();
  const corners = open
    ? [
        [0, -2.5],
        [8, -2.5],
        [4, 3.5],
      ]
    : [
        [1, -4],
        [7, 0],
        [1, 4],
      ];
  corners.forEach(([x, y], i) => (i === 0 ? ink.moveTo(x, middle + y) : ink.lineTo(x, middle + y)));
  ink.fill();
  ink.font = `${size}px ${palette.font}`;
  const lines = [
    ...wrapped(ink, name, room - INDENT).map((text) => ({ text, colour: palette.ink })),
    ...wrapped(ink, more, room - INDENT).map((text) => ({ text, colour: palette.inkSoft })),
  ];
  const pitch = size + 2;
  const shown = lines.slice(0, Math.max(1, Math.floor(height / pitch)));
  shown.forEach(({ text, colour }, i) => {
    ink.fillStyle = colour;
    ink.fillText(text, INDENT, middle + (i - (shown.length - 1) / 2) * pitch + 0.5);
  });
}

/**
 * Breaks a text into lines between its words.
 * @param {Ink} ink
 * @param {string} text
 * @param {number} room
 */
function wrapped(ink, text, room) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : '';
    if (longer && ink.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(shortened(ink, word, room));
  }
  return lines;
}

/**
 * Draws the end of the run, or the time of the last drain while the run goes on.
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
  if (!right && ended) return; // the heading also shows the time
  ink.textAlign = right ? 'left' : 'right';
  ink.fillText(text, right ? x + 8 : x - 8, layout.top + layout.body / 2);
}

/**
 * Draws the cursor, and beside the cursor a sentence about what happened in the row at `cursorY`.
 * @param {Ink} ink
 * @param {Ground} ground
 * @param {(row: number, ms: number) => string} tell   returns the sentence; empty:
 *   nothing is drawn
 */
export function paintCursor(ink, { layout, scale, palette, cursorMs, cursorY }, tell) {
  if (cursorMs === null || cursorMs < scale.startMs || cursorMs > scale.endMs) return;
  ink.fillStyle = palette.cursor;
  ink.fillRect(scale.x(cursorMs) - 0.5, 0, 1, layout.height);
  const row = cursorY === null ? -1 : rowAt(layout, cursorY);
  const sentence = row < 0 ? '' : tell(row, cursorMs);
  if (!sentence) return;
  const right = scale.left + scale.width;
  ink.font = `12px ${palette.font}`;
  const text = fitting(ink, sentence, right - 12);
  const width = ink.measureText(text).width + 12;
  const left = Math.max(0, Math.min(scale.x(cursorMs) + 8, right - width));
  const top = Math.max(0, Math.min(rowTop(layout, row) + heightOf(layout, row) + 3, layout.height - 20));
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
 * @param {string} name
 * @param {Moment} moment
 * @param {(reason: number) => string} wordOf
 * @returns {string} "soup, running on processor 1, 3 ms to 9 ms, 6 ms"
 */
export function momentWords(name, moment, wordOf) {
  const what =
    moment.state === 'running'
      ? `running${moment.processor < 0 ? '' : ` on processor ${moment.processor + 1}`}`
      : moment.state === 'ready'
        ? 'ready'
        : `blocked: ${waitOf(wordOf(moment.reason), moment.reason, moment.channel)}`;
  const until =
    moment.endMs === null
      ? `since ${time(moment.startMs)}`
      : `${time(moment.startMs)} to ${time(moment.endMs)}, ${time(moment.endMs - moment.startMs)}`;
  return `${name}, ${what}, ${until}`;
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

/**
 * Shortens a name by leaving out its middle. The end is kept, because it distinguishes the name
 * from its neighbours ("computes 1", "computes 2").
 * @param {Pick<Ink, 'measureText'>} ink
 * @param {string} name
 * @param {number} room
 */
export function shortened(ink, name, room) {
  if (ink.measureText(name).width <= room) return name;
  const end = name.match(/\d+$/)?.[0] ?? name.slice(-2);
  let start = name.slice(0, name.length - end.length).trimEnd();
  while (start.length > 1 && ink.measureText(`${start}…${end}`).width > room) start = start.slice(0, -1).trimEnd();
  return `${start}…${end}`;
}
