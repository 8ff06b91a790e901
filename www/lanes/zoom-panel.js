/**
 * The panel "Zoom": it sets which part of the time axis the timelines show, which rows they
 * have, and what else they show.
 *
 * @typedef {import('../timeline/layout/view-state.js').ViewState} ViewState
 */
import { make } from '../common/dom.js';

/** The actions in a timeline, each with its keys or gesture. @type {[string, string][]} */
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
 * @param {ViewState} viewState
 * @returns {Element[]}
 */
export function zoomPanel(viewState) {
  const radio = (/** @type {'task' | 'processor'} */ by, /** @type {string} */ label) =>
    make(
      'label',
      { class: 'choice' },
      make('input', {
        type: 'radio',
        name: 'rows-by',
        value: by,
        checked: viewState.by === by,
        change: () => viewState.set({ by }),
      }),
      label,
    );
  /** @type {[HTMLInputElement, 'levels' | 'channels' | 'arrows'][]} */
  const boxes = [];
  const box = (/** @type {'levels' | 'channels' | 'arrows'} */ what, /** @type {string} */ label) => {
    const input = make('input', {
      type: 'checkbox',
      checked: viewState[what],
      change: () => viewState.set({ [what]: input.checked }),
    });
    boxes.push([input, what]);
    return make('label', { class: 'choice' }, input, label);
  };
  viewState.sync = () => {
    for (const [input, what] of boxes) input.checked = viewState[what];
  };
  const button = (/** @type {string} */ text, /** @type {() => void} */ click) =>
    make('button', { type: 'button', class: 'small', click }, text);
  const find = make('input', {
    type: 'search',
    id: 'find-task',
    autocomplete: 'off',
    spellcheck: 'false',
    input: () => viewState.set({ find: find.value, only: null }),
  });
  return [
    make(
      'fieldset',
      {},
      make('legend', {}, 'One row for each'),
      radio('task', 'task'),
      radio('processor', 'processor'),
    ),
    make(
      'fieldset',
      {},
      make('legend', {}, 'Also show'),
      box('levels', 'number of tasks in each state'),
      box('channels', 'channels: values in the queue (dark), blocked senders (above), blocked receivers (below)'),
      box('arrows', 'arrows: from a send to its receive, and from a task to the task that it made ready'),
    ),
    make('div', { class: 'find' }, make('label', { for: 'find-task' }, 'Find a task'), find),
    make(
      'div',
      { class: 'buttons', role: 'group', 'aria-label': 'Part of the run' },
      button('Zoom in', () => viewState.zoomAtMiddle(2)),
      button('Zoom out', () => viewState.zoomAtMiddle(1 / 2)),
      button('Earlier', () => viewState.panBy(-1 / 4)),
      button('Later', () => viewState.panBy(1 / 4)),
      button('Whole run', () => viewState.fit()),
    ),
    make('p', { class: 'wide shortcuts-title' }, 'In a timeline'),
    make(
      'dl',
      { class: 'wide shortcuts' },
      ...KEYS.map(([what, how]) => make('div', {}, make('dt', {}, what), make('dd', {}, how))),
    ),
  ];
}
