/**
 * Reads the colour tokens of style/tokens.css as colours that a canvas can use.
 *
 * @typedef {import('../timeline/drawing/palette.js').Palette} Palette
 */

const HUES = 8;

/**
 * Returns the colours of the current theme. A token holds a pair of colours, light and dark. Only
 * the computed style of an element that uses the token tells which of the two colours applies.
 * @param {HTMLElement} probe   an element without any other use
 * @returns {Palette}
 */
export function readPalette(probe) {
  const style = getComputedStyle(probe);
  /** @param {string} token */
  const colour = (token) => {
    probe.style.color = `var(--${token})`;
    return style.color;
  };
  return {
    font: style.fontFamily,
    ink: colour('ink'),
    inkSoft: colour('ink-soft'),
    surface: colour('surface'),
    grid: colour('grid'),
    ready: colour('ready'),
    blocked: colour('blocked'),
    share: { running: colour('share-running'), ready: colour('share-ready'), blocked: colour('share-blocked') },
    endOfRun: colour('end-of-run'),
    now: colour('now'),
    cursor: colour('cursor'),
    processors: Array.from({ length: HUES }, (_, i) => ({
      fill: colour(`processor-${i + 1}`),
      ink: colour(`on-processor-${i + 1}`),
    })),
  };
}
