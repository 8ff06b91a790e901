/** Light or dark: as the system says, until the reader says otherwise. */
import { make } from './dom.js';

const KEY = 'manyhands.theme';
const DARK = matchMedia('(prefers-color-scheme: dark)');

/**
 * @param {() => void} changed   colours are others now
 * @returns {HTMLElement} the button
 */
export function themeButton(changed) {
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (DARK.matches ? 'dark' : 'light')) === 'dark';
  const button = make('button', { type: 'button', class: 'quiet' });
  const show = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', isDark() ? 'Light theme' : 'Dark theme');
    changed();
  };
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    remember(root.dataset.theme);
    show();
  });
  DARK.addEventListener('change', show);
  const kept = recall();
  if (kept === 'light' || kept === 'dark') root.dataset.theme = kept;
  show();
  return button;
}

// Storage may be forbidden; then the choice lasts as long as the page.

/** @param {string} theme */
function remember(theme) {
  try { localStorage.setItem(KEY, theme); } catch { /* see above */ }
}

function recall() {
  try { return localStorage.getItem(KEY); } catch { return null; }
}
