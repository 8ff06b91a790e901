/**
 * One lane of the replay. It shows the lane's tasks in a box for each state, and the values in the
 * channels.
 *
 * @typedef {import('../timeline/index/run-index.js').RunIndex} RunIndex
 */
import { STATES } from '../common/messages.js';
import { channelName } from '../timeline/words/wait.js';
import { channelEventsBetween, queuesAt, RECEIVE, SEND, taskStateAt } from './replay.js';
import { count, time } from '../common/words.js';
import { make } from '../common/dom.js';

/**
 * The maximum number of tasks that are shown one by one. If there are more tasks, only the number
 * of tasks in each state is shown.
 */
const MOST_TASKS = 40;

/** The maximum number of values that are animated at the same time. */
const MOST_VALUES = 12;

const MOVE_MS = 220;

export class ReplayBoard {
  #index;
  #boxes;
  #counts;
  /** @type {HTMLElement[]} the element of each task; empty if there are too many tasks */
  #chips = [];
  #channels = make('ul', { class: 'channels' });
  #when = make('span', { class: 'when' });
  #before = 0;

  /**
   * @param {RunIndex} index
   * @param {string} title
   * @param {readonly [string, string]} worker   the word for a processor, singular and plural
   * @param {Record<string, string>} words       the titles of the three boxes, by state
   */
  constructor(index, title, worker, words) {
    this.#index = index;
    const names = index.report.tasks.name;
    this.#counts = STATES.map(() => make('span', { class: 'how-many' }));
    this.#boxes = STATES.map((state, i) =>
      make('div', { class: `bin bin-${state}` }, make('p', {}, words[state] ?? state, ' ', this.#counts[i])),
    );
    if (names.length <= MOST_TASKS) {
      this.#chips = names.map((name) =>
        make('span', { class: 'chip', hidden: true }, make('span', { class: 'on' }), name),
      );
      for (const chip of this.#chips) this.#boxes[0].append(chip);
    }
    this.element = make(
      'section',
      { class: 'board', 'aria-label': `${title}, replayed` },
      make(
        'header',
        {},
        make('h3', {}, title),
        make('span', { class: 'subtitle' }, count(index.report.processors, worker)),
        this.#when,
      ),
      make('div', { class: 'bins' }, ...this.#boxes),
      this.#channels,
    );
  }

  /**
   * @param {number} ms
   * @param {boolean} moving   whether changes may be animated
   */
  show(ms, moving) {
    const index = this.#index;
    const { wallMs } = index.report;
    const over = ms >= wallMs;
    this.#when.textContent = over ? `ended after ${time(wallMs)}` : `${time(ms)} of ${time(wallMs)}`;
    this.element.classList.toggle('arrived', over);
    const places = moving ? this.#chips.map((chip) => (chip.hidden ? null : chip.getBoundingClientRect())) : [];
    const counts = this.#chips.length > 0 ? STATES.map(() => 0) : index.levels.map((steps) => steps.valueAt(ms));
    for (const [task, chip] of this.#chips.entries()) {
      const taskState = taskStateAt(index, task, ms);
      if (taskState) counts[taskState.state]++;
      chip.hidden = taskState === null;
      if (!taskState) continue;
      const box = this.#boxes[taskState.state];
      if (chip.parentElement !== box) box.append(chip);
      const on = /** @type {HTMLElement} */ (chip.firstChild);
      on.hidden = taskState.processor < 0;
      on.textContent = String(taskState.processor + 1);
      on.dataset.processor = String((taskState.processor % 8) + 1);
    }
    counts.forEach((n, i) => {
      this.#counts[i].textContent = String(n);
    });
    if (moving) this.#animateMoves(places);
    this.#showChannels(ms);
    if (moving && ms > this.#before) {
      for (const event of channelEventsBetween(index, this.#before, ms, MOST_VALUES)) this.#animateValue(event);
    }
    this.#before = ms;
  }

  /** @param {(DOMRect | null)[]} places   the positions from which the chips move, by task */
  #animateMoves(places) {
    this.#chips.forEach((chip, task) => {
      const was = places[task];
      if (!was || chip.hidden) return;
      const { left, top } = chip.getBoundingClientRect();
      const [x, y] = [was.left - left, was.top - top];
      if (Math.abs(x) + Math.abs(y) < 2) return;
      chip.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], {
        duration: MOVE_MS,
        easing: 'ease-out',
      });
    });
  }

  /** @param {number} ms */
  #showChannels(ms) {
    const queues = queuesAt(this.#index, ms);
    const rows = [...queues].sort(([a], [b]) => a - b).slice(0, 6);
    while (this.#channels.childElementCount > rows.length) this.#channels.lastChild?.remove();
    rows.forEach(([channel, queued], i) => {
      let row = this.#channels.children[i];
      if (!row)
        this.#channels.append(
          (row = make('li', {}, make('span', {}), make('span', { class: 'pipe', 'aria-hidden': 'true' }))),
        );
      const [name, pipe] = row.children;
      name.textContent = `${channelName(channel)}: ${count(queued, ['value', 'values'])}`;
      const dots = '●'.repeat(Math.min(queued, 12)) + (queued > 12 ? '…' : '');
      if (pipe.textContent !== dots) pipe.textContent = dots;
      /** @type {HTMLElement} */ (row).dataset.channel = String(channel);
    });
  }

  /**
   * Animates a value that moves from its sender into a channel, or from a channel to its receiver.
   * @param {number} event   a row of channelEvents
   */
  #animateValue(event) {
    const { channel, kind, task } = this.#index.report.channelEvents;
    const chip = this.#chips[task[event]];
    const pipe = this.#channels.querySelector(`[data-channel="${channel[event]}"] .pipe`);
    if (!chip || chip.hidden || !pipe || (kind[event] !== SEND && kind[event] !== RECEIVE)) return;
    const base = this.element.getBoundingClientRect();
    const place = (/** @type {Element} */ element) => {
      const { left, top, height } = element.getBoundingClientRect();
      return `translate(${left - base.left + 6}px, ${top - base.top + height / 2 - 5}px)`;
    };
    const way = [place(chip), place(pipe)];
    if (kind[event] === RECEIVE) way.reverse();
    const dot = make('span', { class: 'value', 'aria-hidden': 'true' });
    this.element.append(dot);
    dot.animate(
      way.map((transform) => ({ transform })),
      { duration: MOVE_MS * 1.5, easing: 'ease-in-out' },
    ).onfinish = () => dot.remove();
  }
}
