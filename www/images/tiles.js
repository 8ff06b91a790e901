/**
 * The tiles of a program's images: the rows that each task computed, and the processor that it ran
 * on. Images whose report does not name the processors have no tiles.
 *
 * @typedef {import('../common/messages.js').PixelImage} PixelImage
 * @typedef {import('../common/messages.js').SentReport} SentReport
 *
 * @typedef {object} Tile
 * @property {number} from          the first row of the tile
 * @property {number} to            the row after the last row of the tile
 * @property {number} processor
 * @property {string} task          the name of the task that computed the tile
 *
 * @typedef {object} MadeImage
 * @property {PixelImage | null} before    the image that was filtered; null if there was none
 * @property {PixelImage} after
 * @property {Tile[]} tiles
 */

/**
 * @param {SentReport} report
 * @returns {MadeImage[]}
 */
export function imagesOf({ images, observed }) {
  const { processorOfTile, processorOfRow } = observed ?? {};
  if (Array.isArray(processorOfTile)) {
    return processorOfTile.flatMap((processors, n) => {
      const [before, after] = [images[2 * n], images[2 * n + 1]];
      return before && after ? [{ before, after, tiles: tilesOf(processors, after.height, n) }] : [];
    });
  }
  if (Array.isArray(processorOfRow)) {
    return images.map((after) => ({
      before: null,
      after,
      tiles: processorOfRow.map((processor, y) => ({ from: y, to: y + 1, processor, task: `row ${y + 1}` })),
    }));
  }
  return images.map((after) => ({ before: null, after, tiles: [] }));
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
