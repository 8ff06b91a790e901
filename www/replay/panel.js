/**
 * The replay. It shows the recorded state of all lanes at one instant, and plays or steps through
 * the run.
 *
 * @typedef {import('../timeline/index/run-index.js').RunIndex} RunIndex
 * @typedef {import('../timeline/layout/view-state.js').ViewState} ViewState
 */
import { lastChange, nextChange } from './replay.js';
import { PROCESSOR_WORDS, time } from '../common/words.js';
import { make, setAble } from '../common/dom.js';
import { ReplayBoard } from './board.js';

const SPEEDS = /** @type {const} */ ([
  [1, 'as fast as it was'],
  [1 / 3, '1/3'],
  [1 / 10, '1/10'],
  [1 / 30, '1/30'],
  [1 / 100, '1/100'],
]);

/** The approximate duration of a replay at the speed that the page chooses. */
const COMFORTABLE_MS = 8000;

const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** @typedef {{title: string, index: RunIndex}} Replayed */

export class ReplayPanel {
  #viewState;
  #ms = 0;
  #endMs = 1;
  #playing = false;
  #open = false;
  /** @type {Replayed[]} */
  #runs = [];
  /** @type {ReplayBoard[]} */
  #boards = [];
  #worker = /** @type {readonly [string, string]} */ (PROCESSOR_WORDS);
  /** @type {Record<string, string>} */
  #words = {};
  #place = make('div', { class: 'boards' });
  #play = make('button', { type: 'button', class: 'small', click: () => this.#toggle() }, 'Play');
  #note = make(
    'p',
    { class: 'note', hidden: true },
    'Your system is set to reduce motion, so the replay does not play by itself. Press Step, or drag the slider.',
  );
  #when = make('output', { class: 'replay-time' });
  #scrub = make('input', {
    type: 'range',
    min: '0',
    max: '1',
    step: 'any',
    value: '0',
    'aria-label': 'Time of the replay',
    input: () => {
      this.#pause();
      this.#to(Number(this.#scrub.value), false);
    },
    keydown: (event) => this.#key(/** @type {KeyboardEvent} */ (event)),
  });
  #speed = make(
    'select',
    { id: 'replay-speed' },
    ...SPEEDS.map(([speed, words]) => make('option', { value: String(speed) }, words)),
  );

  /** @param {ViewState} viewState */
  constructor(viewState) {
    this.#viewState = viewState;
    const button = (/** @type {string} */ text, /** @type {() => void} */ click) =>
      make('button', { type: 'button', class: 'small', click }, text);
    this.content = [
      make(
        'div',
        { class: 'buttons', role: 'group', 'aria-label': 'Replay' },
        button('Go to start', () => {
          this.#pause();
          this.#to(0, false);
        }),
        button('Step back', () => this.#step(-1)),
        this.#play,
        button('Step', () => this.#step(1)),
      ),
      make('div', { class: 'find' }, make('label', { for: 'replay-speed' }, 'Speed'), this.#speed),
      make('div', { class: 'wide scrub' }, this.#scrub, this.#when),
      this.#note,
      this.#place,
    ];
    STILL.addEventListener('change', () => this.#still());
    this.#still();
  }

  /** @param {boolean} open */
  toggle(open) {
    this.#open = open;
    this.#pause();
    if (open) this.#build();
    else this.#viewState.set({ replayMs: null });
  }

  /**
   * @param {Replayed[]} runs
   * @param {readonly [string, string]} worker
   * @param {Record<string, string>} words
   */
  show(runs, worker, words) {
    if (runs.length === this.#runs.length && runs.every(({ index }, i) => index === this.#runs[i].index)) return;
    this.#runs = runs;
    this.#worker = worker;
    this.#words = words;
    this.#pause();
    if (this.#open) this.#build();
    else this.#clear();
  }

  /** Removes the boards, which would otherwise keep their runs in memory. */
  #clear() {
    this.#boards = [];
    this.#place.replaceChildren();
  }

  #build() {
    this.#endMs = Math.max(1e-3, ...this.#runs.map(({ index }) => index.report.wallMs));
    this.#boards = this.#runs.map(({ title, index }) => new ReplayBoard(index, title, this.#worker, this.#words));
    this.#place.replaceChildren(...this.#boards.map(({ element }) => element));
    this.#scrub.max = String(this.#endMs);
    const slowest = SPEEDS.find(([speed]) => this.#endMs / speed >= COMFORTABLE_MS / 2) ?? SPEEDS[SPEEDS.length - 1];
    this.#speed.value = String(slowest[0]);
    // Deferred, because the frame loop that called this method may still be painting.
    queueMicrotask(() => {
      if (this.#open) this.#to(Math.min(this.#ms, this.#endMs), false);
    });
  }

  /**
   * @param {number} ms
   * @param {boolean} moving
   */
  #to(ms, moving) {
    this.#ms = ms;
    for (const board of this.#boards) board.show(ms, moving && !STILL.matches);
    this.#scrub.value = String(ms);
    this.#when.textContent = `${time(ms)} of ${time(this.#endMs)}`;
    this.#scrub.setAttribute('aria-valuetext', this.#when.textContent);
    this.#viewState.set({ replayMs: ms });
  }

  /** @param {-1 | 1} by */
  #step(by) {
    this.#pause();
    const changes = this.#runs.map(({ index }) => (by > 0 ? nextChange : lastChange)(index, this.#ms));
    const ms = by > 0 ? Math.min(...changes, this.#endMs) : Math.max(0, ...changes);
    this.#to(Math.min(ms, this.#endMs), by > 0);
    this.#viewState.reveal(this.#ms);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.#step(by > 0 ? 1 : -1);
  }

  #toggle() {
    if (this.#playing) this.#pause();
    else if (!STILL.matches) this.#start();
  }

  #start() {
    this.#playing = true;
    this.#play.textContent = 'Pause';
    if (this.#ms >= this.#endMs) this.#to(0, false);
    let before = performance.now();
    const tick = (/** @type {number} */ now) => {
      if (!this.#playing) return;
      // A frame counts for at most 100 ms. Otherwise the replay jumps after the page was hidden.
      const ms = Math.min(Math.max(now - before, 0), 100) * Number(this.#speed.value);
      before = now;
      this.#to(Math.min(this.#ms + ms, this.#endMs), true);
      if (this.#ms >= this.#endMs) this.#pause();
      else requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  #pause() {
    this.#playing = false;
    this.#play.textContent = 'Play';
  }

  #still() {
    if (STILL.matches) this.#pause();
    setAble(this.#play, !STILL.matches);
    this.#note.hidden = !STILL.matches;
  }
}
