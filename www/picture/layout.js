/** Where rows lie in a lane's picture: heights and offsets in CSS pixels. */

/** Above so many tasks a lane shows shares instead of rows, until asked. */
export const ROWS_AT_ONCE = 16;

/** So many rows at most are drawn when a reader asks for all: beyond, a row is too thin to be one. */
export const MOST_ROWS = 300;

/**
 * @typedef {object} Layout
 * @property {'rows' | 'shares'} mode   a row for each task, or one picture of how many are in which state
 * @property {number} rows              rows drawn; 0 in "shares"
 * @property {number} rowHeight
 * @property {number} rowPitch          from one row's top to the next one's
 * @property {number} top               of the first row, or of the shares
 * @property {number} body              height of the rows, or of the shares
 * @property {number} stripTop          of the processors' strip
 * @property {number} stripPitch
 * @property {number} processors        rows in the strip
 * @property {number} height            of it all
 */

/**
 * @param {{tasks: number, processors: number, narrow: boolean, all: boolean}} wanted
 *   `all`: a row for each task, however many
 * @returns {Layout}
 */
export function layoutOf({ tasks, processors, narrow, all }) {
  const mode = tasks > ROWS_AT_ONCE && !all ? 'shares' : 'rows';
  const rows = mode === 'rows' ? Math.min(tasks, MOST_ROWS) : 0;
  const rowPitch = rows > ROWS_AT_ONCE ? 12 : narrow ? pitch(80, rows, 16, 22) : pitch(100, rows, 20, 26);
  const top = 6;
  const body = mode === 'rows' ? rows * rowPitch : 96;
  const stripTop = top + body + 8;
  const stripPitch = Math.max(3, Math.min(8, Math.floor(64 / processors)));
  return Object.freeze({
    mode, rows, rowHeight: rowPitch - (rowPitch > 12 ? 5 : 3), rowPitch, top, body,
    stripTop, stripPitch, processors, height: stripTop + processors * stripPitch + 6,
  });
}

/**
 * Few rows share a height, more make the picture higher.
 * @param {number} height
 * @param {number} rows
 * @param {number} least
 * @param {number} most
 */
const pitch = (height, rows, least, most) => Math.max(least, Math.min(most, Math.floor(height / rows)));

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

/**
 * @param {Layout | null} old
 * @param {Layout} next
 * @returns {Layout} the old one where the two have the same figures
 */
export function sameLayout(old, next) {
  const keys = /** @type {(keyof Layout)[]} */ (Object.keys(next));
  return old !== null && keys.every((key) => old[key] === next[key]) ? old : next;
}
