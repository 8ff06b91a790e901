/** Where rows lie in a lane's picture: heights and offsets in CSS pixels at the usual size of text. */

/** Where there are more tasks than these, tasks share rows. */
export const ROWS_AT_ONCE = 16;

/** So many rows at most are drawn when a reader opens groups or looks for tasks. */
export const MOST_ROWS = 300;

/** So many channels at most have a row. */
const MOST_CHANNELS = 12;

/** Up to so many processors have a row each in the strip beneath the tasks; more are drawn in one row. */
export const STRIPS_AT_ONCE = 8;

const LEVELS_HEIGHT = 64;
const CHANNEL_PITCH = 34;
const TOGETHER_HEIGHT = 26;

/**
 * @typedef {object} Layout
 * @property {'task' | 'processor'} by  what a row is
 * @property {number} rows              rows drawn
 * @property {number} rowHeight         of a row that shows one task or processor
 * @property {number} rowPitch          from such a row's top to the next one's
 * @property {number} groupHeight       of a row that shows a group of tasks
 * @property {number} groupPitch
 * @property {number[]} groupRows       which rows these are
 * @property {number} top               of the first row
 * @property {number} body              height of all rows
 * @property {number} stripTop          of the processors' strip
 * @property {number} stripPitch
 * @property {number} processors        rows in the strip: none where the rows are processors
 * @property {number} together          processors that the strip shows in one row; 0: each has one
 * @property {number} stripHeight       of the strip
 * @property {number} levelsTop         of the stack of levels
 * @property {number} levelsHeight      0: not asked for
 * @property {number} channelsTop
 * @property {number} channels          rows of channels
 * @property {number} channelPitch
 * @property {number} height            of it all
 */

/**
 * @param {object} wanted
 * @param {number} wanted.rows
 * @param {number[]} [wanted.groupRows]           the rows that show groups
 * @param {number} wanted.processors
 * @param {boolean} wanted.narrow
 * @param {boolean} [wanted.eachProcessor]        a row in the strip for each processor, however many
 * @param {'task' | 'processor'} [wanted.by]
 * @param {boolean} [wanted.levels]
 * @param {number} [wanted.channels]
 * @returns {Layout}
 */
export function layoutOf({
  rows: wantedRows,
  groupRows: wantedGroups = [],
  processors,
  narrow,
  eachProcessor = false,
  by = 'task',
  levels = false,
  channels = 0,
}) {
  const rows = by === 'processor' ? processors : Math.min(wantedRows, MOST_ROWS);
  const groupRows = by === 'processor' ? [] : wantedGroups;
  const rowPitch = rows > ROWS_AT_ONCE ? 12 : narrow ? pitch(80, rows, 16, 22) : pitch(100, rows, 20, 26);
  const groupPitch = pitch(160, groupRows.length, 36, narrow ? 56 : 66);
  const top = 6;
  const body = (rows - groupRows.length) * rowPitch + groupRows.length * groupPitch;
  const strips = by === 'processor' ? 0 : processors;
  const together = strips > STRIPS_AT_ONCE && !eachProcessor ? strips : 0;
  const stripTop = top + body + (strips ? 8 : 0);
  const stripPitch = Math.max(3, Math.min(8, Math.floor(64 / processors)));
  const stripHeight = together ? TOGETHER_HEIGHT : strips * stripPitch;
  const levelsHeight = levels ? LEVELS_HEIGHT : 0;
  const levelsTop = stripTop + stripHeight + (levels ? 14 : 0);
  const channelsTop = levelsTop + levelsHeight + (channels ? 10 : 0);
  return Object.freeze({
    by,
    rows,
    rowHeight: rowPitch - (rowPitch > 12 ? 5 : 3),
    rowPitch,
    groupHeight: groupPitch - 6,
    groupPitch,
    groupRows,
    top,
    body,
    stripTop,
    stripPitch,
    processors: together ? 0 : strips,
    together,
    stripHeight,
    levelsTop,
    levelsHeight,
    channelsTop,
    channels: Math.min(channels, MOST_CHANNELS),
    channelPitch: CHANNEL_PITCH,
    height: channelsTop + Math.min(channels, MOST_CHANNELS) * CHANNEL_PITCH + 6,
  });
}

/**
 * Few rows share a height, more make the picture higher.
 * @param {number} height
 * @param {number} rows
 * @param {number} least
 * @param {number} most
 */
const pitch = (height, rows, least, most) => Math.max(least, Math.min(most, Math.floor(height / Math.max(rows, 1))));

/**
 * Whether the processors' strip has two forms, one row for all and a row for each.
 * @param {Layout} layout
 */
export const stripOpens = (layout) => layout.together > 0 || layout.processors > STRIPS_AT_ONCE;

/**
 * @param {Layout} layout
 * @param {number} row
 */
export const isGroup = (layout, row) => layout.groupRows.includes(row);

/**
 * @param {Layout} layout
 * @param {number} row
 */
export const heightOf = (layout, row) => (isGroup(layout, row) ? layout.groupHeight : layout.rowHeight);

/**
 * @param {Layout} layout
 * @param {number} row
 */
export function rowTop(layout, row) {
  const gap = isGroup(layout, row) ? layout.groupPitch - layout.groupHeight : layout.rowPitch - layout.rowHeight;
  return (
    layout.top + row * layout.rowPitch + groupsAbove(layout, row) * (layout.groupPitch - layout.rowPitch) + gap / 2
  );
}

/**
 * @param {Layout} layout
 * @param {number} row
 */
function groupsAbove({ groupRows }, row) {
  let above = 0;
  while (above < groupRows.length && groupRows[above] < row) above++;
  return above;
}

/**
 * @param {Layout} layout
 * @param {number} y
 * @returns {number} the row at that height, or -1
 */
export function rowAt(layout, y) {
  let top = layout.top;
  for (let row = 0; row < layout.rows && top <= y; row++) {
    top += isGroup(layout, row) ? layout.groupPitch : layout.rowPitch;
    if (y < top) return row;
  }
  return -1;
}
