/**
 * The tiles of a program's images: which rows each task computed, and on which processor, if the
 * report says so.
 *
 * @typedef {import('../common/messages.js').Picture} Picture
 * @typedef {import('../common/messages.js').SentReport} SentReport
 *
 * @typedef {object} Tile
 * @property {number} from          the first row of the tile
 * @property {number} to            the row after the last row of the tile
 * @property {number} processor
 * @property {string} task          the name of the task that computed the tile
 *
 * @typedef {object} Made
 * @property {Picture | null} before    the image that was filtered; null: there was none
 * @property {Picture} after
 * @property {Tile[]} tiles
 */

/**
 * @param {SentReport} report
 * @returns {Made[]}
 */
export function picturesOf({ pictures, observed }) {
  const { processorOfTile, processorOfRow } = observed ?? {};
  if (Array.isArray(processorOfTile)) {
    return processorOfTile.flatMap((processors, n) => {
      const [before, after] = [pictures[2 * n], pictures[2 * n + 1]];
      return before && after ? [{ before, after, tiles: tilesOf(processors, after.height, n) }] : [];
    });
  }
  if (Array.isArray(processorOfRow)) {
    return pictures.map((after) => ({
      before: null,
      after,
      tiles: processorOfRow.map((processor, y) => ({ from: y, to: y + 1, processor, task: `row ${y + 1}` })),
    }));
  }
  return pictures.map((after) => ({ before: null, after, tiles: [] }));
}

/**
 * @param {number[]} processors   the processor of each tile
 * @param {number} height
 * @param {number} n              the image's number, from 0
 * @returns {Tile[]}
 */
const tilesOf = (processors, height, n) =>
  processors.map((processor, k) => ({
    from: Math.floor((k * height) / processors.length),
    to: Math.floor(((k + 1) * height) / processors.length),
    processor,
    task: processors.length === 1 ? `image ${n + 1}` : `image ${n + 1} tile ${k + 1}`,
  }));
