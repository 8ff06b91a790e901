/**
 * Prints the page in the light theme. Style sheets follow `@media print`. A canvas does not, so
 * drawings are redrawn before and after printing.
 *
 * @param {() => void} redraw   draws at once, because a browser that prints requests no frames
 */
export function printLight(redraw) {
  const root = document.documentElement;
  /** @type {string | undefined} */
  let theme;
  addEventListener('beforeprint', () => {
    theme = root.dataset.theme;
    root.dataset.theme = 'light';
    redraw();
  });
  addEventListener('afterprint', () => {
    if (theme === undefined) delete root.dataset.theme;
    else root.dataset.theme = theme;
    redraw();
  });
}
