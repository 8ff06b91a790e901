/**
 * The mean concurrency level and the mean parallelism level, drawn as labelled lines over the stack
 * of levels.
 *
 * @typedef {import('../drawing/indexed-layer.js').View} View
 */
import { level } from '../../common/words.js';

/**
 * @param {CanvasRenderingContext2D} ink
 * @param {View} view
 */
export function paintLevels(ink, { index, layout, scale, palette, mostTasks }) {
  if (layout.levelsHeight === 0) return;
  const { concurrency, parallelism } = index.report;
  const unit = layout.levelsHeight / Math.max(1, mostTasks);
  const bottom = layout.levelsTop + layout.levelsHeight;
  const right = scale.left + scale.width;
  ink.font = `10.5px ${palette.font}`;
  ink.textBaseline = 'bottom';
  ink.textAlign = 'right';
  ink.lineWidth = 1;
  ink.setLineDash([4, 3]);
  const close = (concurrency.mean - parallelism.mean) * unit < 14;
  for (const [mean, words] of /** @type {const} */ ([
    [concurrency.mean, `mean concurrency ${level(concurrency.mean)}`],
    [parallelism.mean, `mean parallelism ${level(parallelism.mean)}`],
  ])) {
    const y = Math.round(bottom - mean * unit) + 0.5;
    ink.strokeStyle = palette.ink;
    ink.beginPath();
    ink.moveTo(scale.left, y);
    ink.lineTo(right, y);
    ink.stroke();
    const width = ink.measureText(words).width + 8;
    // If the lines are close, the label of the lower line is beneath that line.
    const base = close && mean === parallelism.mean ? y + 14 : y - 2;
    ink.fillStyle = palette.surface;
    ink.fillRect(right - width, base - 12.5, width, 13);
    ink.fillStyle = palette.ink;
    ink.fillText(words, right - 4, base);
  }
  ink.setLineDash([]);
}
