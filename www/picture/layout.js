/** Where rows lie in a lane's picture: heights and offsets in CSS pixels. */

/** Above so many tasks a lane shows shares instead of rows, until asked. */
export const ROWS_AT_ONCE = 16;

/** So many rows at most are drawn when a reader asks for all: beyond, a row is too thin to be one. */
export const MOST_ROWS = 300;

/** So many channels at most have a row. */
export const MOST_CHANNELS = 12;

const SHARES_HEIGHT = 96;
const LEVELS_HEIGHT = 64;
const CHANNEL_PITCH = 34;

/**
 * @typedef {object} Layout
 * @property {'rows' | 'shares'} mode   a row for each task or processor, or one picture of how many are in which state
 * @property {'task' | 'processor'} by  what a row is
 * @property {number} rows              rows drawn; 0 in "shares"
 * @property {number} rowHeight
 * @property {number} rowPitch          from one row's top to the next one's
 * @property {number} top               of the first row, or of the shares
 * @property {number} body              height of the rows, or of the shares
 * @property {number} stripTop          of the processors' strip
 * @property {number} stripPitch
 * @property {number} processors        rows in the strip: none where the rows are processors
 * @property {number} levelsTop         of the stack of levels
 * @property {number} levelsHeight      0: not asked for
 * @property {number} channelsTop
 * @property {number} channels          rows of channels
 * @property {number} channelPitch
 * @property {number} height            of it all
 */

/**
 * @param {object} wanted
 * @param {number} wanted.tasks
 * @param {number} wanted.processors
 * @param {boolean} wanted.narrow
 * @param {boolean} wanted.all                    a row for each task, however many
 * @param {'task' | 'processor'} [wanted.by]
 * @param {boolean} [wanted.levels]
 * @param {number} [wanted.channels]
 * @returns {Layout}
 */
export function layoutOf({ tasks, processors, narrow, all, by = 'task', levels = false, channels = 0 }) {
  const mode = by === 'task' && tasks > ROWS_AT_ONCE && !all ? 'shares' : 'rows';
  const rows = mode === 'shares' ? 0 : by === 'processor' ? processors : Math.min(tasks, MOST_ROWS);
  const rowPitch = rows > ROWS_AT_ONCE ? 12 : narrow ? pitch(80, rows, 16, 22) : pitch(100, rows, 20, 26);
  const top = 6;
  const body = mode === 'rows' ? rows * rowPitch : SHARES_HEIGHT;
  const strips = by === 'processor' ? 0 : processors;
  const stripTop = top + body + (strips ? 8 : 0);
  const stripPitch = Math.max(3, Math.min(8, Math.floor(64 / processors)));
  const stripsEnd = stripTop + strips * stripPitch;
  const levelsHeight = levels ? LEVELS_HEIGHT : 0;
  const levelsTop = stripsEnd + (levels ? 14 : 0);
  const channelsTop = levelsTop + levelsHeight + (channels ? 10 : 0);
  return Object.freeze({
    mode, by, rows, rowHeight: rowPitch - (rowPitch > 12 ? 5 : 3), rowPitch, top, body,
    stripTop, stripPitch, processors: strips,
    levelsTop, levelsHeight, channelsTop, channels: Math.min(channels, MOST_CHANNELS), channelPitch: CHANNEL_PITCH,
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
 * @param {Layout} layout
 * @param {number} row
 */
export const rowTop = (layout, row) => layout.top + row * layout.rowPitch + (layout.rowPitch - layout.rowHeight) / 2;

/**
 * @param {Layout} layout
 * @param {number} y
 * @returns {number} the row at that height, or -1
 */
export function rowAt(layout, y) {
  const row = Math.floor((y - layout.top) / layout.rowPitch);
  return row >= 0 && row < layout.rows ? row : -1;
}
