/**
 * "Look closer": which rows, which part of the time, and what is drawn beside.
 *
 * @typedef {import('./look.js').Look} Look
 */
import { make } from './dom.js';

const KEYS = 'In a picture: drag or ← → to move, Ctrl and wheel, pinch or + − for nearer and further, 0 for the whole run; '
  + 'Shift and drag to see a stretch; click, or ↑ ↓ and Shift with ← →, to pick an interval; Enter to read about it, Z to see it in full, Escape to let go.';

/**
 * @param {Look} look
 * @returns {Element[]}
 */
export function lookPanel(look) {
  const radio = (/** @type {'task' | 'processor'} */ by, /** @type {string} */ label) => make('label', { class: 'choice' },
    make('input', { type: 'radio', name: 'rows-by', value: by, checked: look.by === by, change: () => look.set({ by }) }), label);
  const box = (/** @type {'levels' | 'channels' | 'arrows'} */ what, /** @type {string} */ label) => make('label', { class: 'choice' },
    make('input', {
      type: 'checkbox', checked: look[what],
      change: ({ target }) => look.set({ [what]: /** @type {HTMLInputElement} */ (target).checked }),
    }), label);
  const button = (/** @type {string} */ text, /** @type {() => void} */ click) => make('button', { type: 'button', class: 'small', click }, text);
  const find = make('input', {
    type: 'search', id: 'find-task', autocomplete: 'off', spellcheck: 'false',
    input: () => look.set({ find: find.value, only: null }),
  });
  return [
    make('fieldset', {}, make('legend', {}, 'A row for each'), radio('task', 'task'), radio('processor', 'processor')),
    make('fieldset', {}, make('legend', {}, 'Draw too'),
      box('levels', 'levels over time'), box('channels', 'channels: values queued (dark), blocked senders above, blocked receivers beneath'), box('arrows', 'arrows: who sent, who woke whom')),
    make('div', { class: 'find' }, make('label', { for: 'find-task' }, 'Find a task'), find),
    make('div', { class: 'buttons', role: 'group', 'aria-label': 'Time in view' },
      button('Nearer', () => look.zoomAtMiddle(2)), button('Further', () => look.zoomAtMiddle(1 / 2)),
      button('Earlier', () => look.panBy(-1 / 4)), button('Later', () => look.panBy(1 / 4)),
      button('Whole run', () => look.fit())),
    make('p', { class: 'note' }, KEYS),
  ];
}
