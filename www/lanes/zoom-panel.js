/**
 * "Zoom": which part of the time the timelines show, which rows they have, and what else they show.
 *
 * @typedef {import('../timeline/layout/view-state.js').Look} Look
 */
import { make } from '../common/dom.js';

/** What can be done in a timeline: an action, and how. @type {[string, string][]} */
const KEYS = [
  ['Zoom', 'Ctrl + wheel, pinch, + or −'],
  ['Move', 'drag, ← or →'],
  ['Whole run', '0'],
  ['Zoom to a part', 'Shift + drag'],
  ['Select', 'click, ↑ or ↓'],
  ['Previous or next interval', 'Shift + ← or →'],
  ['Read about the selection, or open a tall row', 'Enter'],
  ['Zoom to the selection', 'Z'],
  ['Clear the selection', 'Escape'],
];

/**
 * @param {Look} look
 * @returns {Element[]}
 */
export function lookPanel(look) {
  const radio = (/** @type {'task' | 'processor'} */ by, /** @type {string} */ label) => make('label', { class: 'choice' },
    make('input', { type: 'radio', name: 'rows-by', value: by, checked: look.by === by, change: () => look.set({ by }) }), label);
  /** @type {[HTMLInputElement, 'levels' | 'channels' | 'arrows'][]} */
  const boxes = [];
  const box = (/** @type {'levels' | 'channels' | 'arrows'} */ what, /** @type {string} */ label) => {
    const input = make('input', { type: 'checkbox', checked: look[what], change: () => look.set({ [what]: input.checked }) });
    boxes.push([input, what]);
    return make('label', { class: 'choice' }, input, label);
  };
  look.sync = () => {
    for (const [input, what] of boxes) input.checked = look[what];
  };
  const button = (/** @type {string} */ text, /** @type {() => void} */ click) => make('button', { type: 'button', class: 'small', click }, text);
  const find = make('input', {
    type: 'search', id: 'find-task', autocomplete: 'off', spellcheck: 'false',
    input: () => look.set({ find: find.value, only: null }),
  });
  return [
    make('fieldset', {}, make('legend', {}, 'One row for each'), radio('task', 'task'), radio('processor', 'processor')),
    make('fieldset', {}, make('legend', {}, 'Also show'),
      box('levels', 'number of tasks in each state'), box('channels', 'channels: values in the queue (dark), blocked senders (above), blocked receivers (below)'), box('arrows', 'arrows: from a send to its receive, and from a task to the task that it made ready')),
    make('div', { class: 'find' }, make('label', { for: 'find-task' }, 'Find a task'), find),
    make('div', { class: 'buttons', role: 'group', 'aria-label': 'Part of the run' },
      button('Zoom in', () => look.zoomAtMiddle(2)), button('Zoom out', () => look.zoomAtMiddle(1 / 2)),
      button('Earlier', () => look.panBy(-1 / 4)), button('Later', () => look.panBy(1 / 4)),
      button('Whole run', () => look.fit())),
    make('p', { class: 'wide shortcuts-title' }, 'In a timeline'),
    make('dl', { class: 'wide shortcuts' }, ...KEYS.map(([what, how]) => make('div', {}, make('dt', {}, what), make('dd', {}, how)))),
  ];
}
