/**
 * The heights and offsets of the rows in a lane's timeline, in CSS pixels at the usual text size.
 */

/** The maximum number of tasks that have a row each. If there are more tasks, they share rows. */
export const ROWS_AT_ONCE = 16;

/** The maximum number of rows that are drawn when a reader opens groups or searches for tasks. */
export const MOST_ROWS = 300;

/** The maximum number of channels that have a row. */
const MOST_CHANNELS = 12;

/**
 * The maximum number of processors that have a row each in the strip, which is the rows of
 * processors beneath the tasks. If there are more processors, they share one row, unless the reader
 * opens the strip.
 */
export const STRIPS_AT_ONCE = 8;

const LEVELS_HEIGHT = 64;
const CHANNEL_PITCH = 34;
const TOGETHER_HEIGHT = 26;

/**
 * @typedef {object} Layout
 * @property {'task' | 'processor'} by  what a row shows
 * @property {number} rows              number of rows drawn
 * @property {number} rowHeight         height of a row that shows one task or processor
 * @property {number} rowPitch          distance from the top of such a row to the next row's top
 * @property {number} groupHeight       height of a row that shows a group of tasks
 * @property {number} groupPitch        distance from the top of such a row to the next row's top
 * @property {number[]} groupRows       indices of the rows that show groups
 * @property {number} top               top of the first row
 * @property {number} body              height of all rows together
 * @property {number} stripTop          top of the processors' strip
 * @property {number} stripPitch        distance between the tops of two rows of the strip
 * @property {number} processors        number of the strip's rows that show one processor each; 0
 *   if the timeline's rows are processors, or if the strip has one row for all processors
 * @property {number} together          number of processors that the strip shows in one row; 0 if
 *   each processor has its own row
 * @property {number} stripHeight       height of the strip
 * @property {number} levelsTop         top of the chart that stacks the numbers of running, ready
 *   and blocked tasks
 * @property {number} levelsHeight      height of the chart whose top is `levelsTop`; 0 if the chart
 *   is not shown
 * @property {number} channelsTop
 * @property {number} channels          number of channels that have a row
 * @property {number} channelPitch
 * @property {number} height            height of the timeline
 */

/**
 * @param {object} wanted
 * @param {number} wanted.rows
 * @param {number[]} [wanted.groupRows]           indices of the rows that show groups
 * @param {number} wanted.processors
 * @param {boolean} wanted.narrow
 * @param {boolean} [wanted.eachProcessor]        whether each processor has a row in the strip,
 *   even if there are more than STRIPS_AT_ONCE
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
 * Returns the pitch at which `rows` rows fill `height`, limited to `least` and `most`. If it is
 * limited to `least`, the rows need more than `height`.
 * @param {number} height
 * @param {number} rows
 * @param {number} least
 * @param {number} most
 */
const pitch = (height, rows, least, most) => Math.max(least, Math.min(most, Math.floor(height / Math.max(rows, 1))));

/**
 * Tells whether the reader can switch the processors' strip between one row for all processors and
 * a row for each.
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
 * @returns {number} the row at the offset `y` from the top, or -1 if there is none
 */
export function rowAt(layout, y) {
  let top = layout.top;
  for (let row = 0; row < layout.rows && top <= y; row++) {
    top += isGroup(layout, row) ? layout.groupPitch : layout.rowPitch;
    if (y < top) return row;
  }
  return -1;
}
