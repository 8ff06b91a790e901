/**
 * The theme of the page, light or dark. The page has the system's theme until the reader chooses
 * one. check.js sets the chosen theme before the page is first painted.
 */
import { make } from '../common/dom.js';

/** The key under which the chosen theme is stored. check.js reads the same key. */
const KEY = 'manyhands.theme';
const DARK = matchMedia('(prefers-color-scheme: dark)');

/**
 * @param {() => void} changed   called when the colours have changed
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
  show();
  return button;
}

/** @param {string} theme */
function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Without storage, the choice lasts until the page is closed.
  }
}
