/**
 * Marks what belongs to one line of source. Each interval has a bar along its lower edge, and a
 * wide interval also has a frame. Each operation on a channel has a thin vertical bar.
 *
 * @typedef {import('../layout/layout.js').Layout} Layout
 * @typedef {import('../layout/rows.js').RowList} RowList
 * @typedef {import('../index/run-index.js').RunIndex} RunIndex
 * @typedef {import('../layout/time-scale.js').TimeScale} TimeScale
 * @typedef {import('./palette.js').Palette} Palette
 */
import { NO_PLACE } from '../../common/messages.js';
import { heightOf, isGroup, rowTop } from '../layout/layout.js';

/** The height of a bar, and also its least width. */
const BAR = 3;

/** The least width of an interval that also gets a frame. */
const FRAMED = 8;

/**
 * @param {CanvasRenderingContext2D} ink
 * @param {{index: RunIndex, layout: Layout, scale: TimeScale, palette: Palette, rows: RowList, place: number}} view
 */
export function paintLineMarks(ink, { index, layout, scale, palette, rows, place }) {
  if (place === NO_PLACE) return;
  const { report } = index;
  const byTask = layout.by === 'task';
  const tracks = byTask ? index.tasks : index.processors;
  ink.fillStyle = ink.strokeStyle = palette.cursor;
  ink.lineWidth = 1.5;
  for (let row = 0; row < layout.rows; row++) {
    const grouped = byTask && isGroup(layout, row);
    const members = grouped ? (rows.groupAt(row)?.tasks ?? []) : [byTask ? rows.taskAt(row) : row];
    const [top, height] = [rowTop(layout, row), heightOf(layout, row)];
    /** The edges of the last bar. A bar that the last bar would hide is not drawn. */
    let last = { from: -Infinity, to: -Infinity };
    for (const member of members) {
      if (member < 0 || member >= tracks.rows) continue;
      const end = tracks.offset[member + 1];
      for (let i = tracks.after(member, scale.startMs); i < end && tracks.startMs[i] <= scale.endMs; i++) {
        if (report.states.place[tracks.order[i]] !== place) continue;
        const from = Math.max(scale.x(tracks.startMs[i]), scale.left);
        const to = Math.max(Math.min(scale.x(tracks.endMs[i]), scale.left + scale.width), from + BAR);
        if (!grouped && to - from >= FRAMED) ink.strokeRect(from + 0.75, top + 0.75, to - from - 1.5, height - 1.5);
        if (from >= last.from && from < last.from + 1 && to <= last.to + 1) continue;
        ink.fillRect(from, top + height - BAR, to - from, BAR);
        last = { from, to };
      }
    }
  }
  if (byTask) paintOperations(ink, index, layout, scale, rows, place);
}

/**
 * @param {CanvasRenderingContext2D} ink
 * @param {RunIndex} index
 * @param {Layout} layout
 * @param {TimeScale} scale
 * @param {RowList} rows
 * @param {number} place
 */
function paintOperations(ink, { report }, layout, scale, rows, place) {
  const { place: places, task, atMs } = report.channelEvents;
  /** By row: x of the last operation that was drawn. Only one operation is drawn in a pixel. */
  const last = new Float64Array(layout.rows).fill(-Infinity);
  for (let i = 0; i < places.length; i++) {
    if (places[i] !== place || atMs[i] < scale.startMs || atMs[i] > scale.endMs) continue;
    const row = rows.rowOf(task[i]);
    if (row < 0 || row >= layout.rows) continue;
    const x = scale.x(atMs[i]);
    if (Math.abs(x - last[row]) < 1) continue;
    last[row] = x;
    ink.fillRect(x - 1, rowTop(layout, row), 2, heightOf(layout, row));
  }
}
