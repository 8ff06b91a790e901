/**
 * Paper is light. What the style sheets colour follows `@media print`; what is
 * drawn has to be drawn anew, before and after.
 *
 * @param {() => void} redraw   at once: no frame comes while a page is printed
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
