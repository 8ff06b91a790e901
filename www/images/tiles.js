/**
 * Which rows of a program's pictures were made by which processor, in which
 * task, as far as its report says.
 *
 * @typedef {import('../common/messages.js').Picture} Picture
 * @typedef {import('../common/messages.js').SentReport} SentReport
 *
 * @typedef {object} Tile
 * @property {number} from          its first row
 * @property {number} to            the row after its last
 * @property {number} processor
 * @property {string} task          the name of the task that made it
 *
 * @typedef {object} Made
 * @property {Picture | null} before    what it was made from
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
 * @param {number[]} processors   by tile
 * @param {number} height
 * @param {number} n              the picture's number, from 0
 * @returns {Tile[]}
 */
const tilesOf = (processors, height, n) =>
  processors.map((processor, k) => ({
    from: Math.floor((k * height) / processors.length),
    to: Math.floor(((k + 1) * height) / processors.length),
    processor,
    task: processors.length === 1 ? `image ${n + 1}` : `image ${n + 1} tile ${k + 1}`,
  }));
