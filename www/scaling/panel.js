/**
 * The panel "Scaling": a sweep over numbers of processors, its chart, and its figures.
 *
 * @typedef {import('../common/messages.js').Param} Param
 * @typedef {import('../common/messages.js').Scaling} Scaling
 * @typedef {import('../common/messages.js').SentReport} SentReport
 * @typedef {import('../common/messages.js').Values} Values
 */
import { isComparable } from '../common/report.js';
import { chart } from './chart.js';
import { orderOf, processorsOf, valuesFor } from './sweep.js';
import { count, level, PROCESSOR_WORDS, time } from '../common/words.js';
import { make, setAble } from '../common/dom.js';

/** A program counts as mostly waiting if its busy time on one processor is below this share. */
const WAITS = 0.5;

/**
 * @typedef {object} SweepActions
 * @property {() => {params: Param[], values: Values, all: number} | null} program   returns null if
 *   no program can run
 * @property {(runs: {params: Values, processors: number}[], measured: (report: SentReport) => void) => Promise<void>} run
 *   makes runs one after another without showing them; rejects with an error message
 * @property {() => void} stop
 * @property {(processors: number[], wallMs: number[], growing: boolean) => Promise<Scaling>} scale
 * @property {(sentence: string) => void} say
 */

export class ScalingPanel {
  #actions;
  #repeats = make('select', { id: 'sweep-repeats' }, ...['3', '5', '9'].map((n) => make('option', { value: n }, n)));
  #work = make('select', { id: 'sweep-work' });
  #beyond = make('input', { type: 'checkbox' });
  #start = make('button', { type: 'button', class: 'small', click: () => this.#sweep() }, 'Measure');
  #stop = make(
    'button',
    { type: 'button', class: 'small', hidden: true, click: () => this.#actions.stop() },
    'Stop measuring',
  );
  #progress = make('progress', { hidden: true, 'aria-label': 'Runs of the sweep', value: '0' });
  #said = make('p', { class: 'wide sweep-said' });
  #result = make('div', { class: 'scaling wide' });
  /** @type {Param[]} the parameters that can be multiplied by the number of processors */
  #growable = [];
  #going = false;

  /** @param {SweepActions} actions */
  constructor(actions) {
    this.#actions = actions;
    this.content = [
      make('div', { class: 'find' }, make('label', { for: 'sweep-work' }, 'Work'), this.#work),
      make('div', { class: 'find' }, make('label', { for: 'sweep-repeats' }, 'Repeats'), this.#repeats),
      make('label', { class: 'choice' }, this.#beyond, 'also try more processors than this browser reports'),
      make('div', { class: 'buttons' }, this.#start, this.#stop),
      this.#progress,
      this.#said,
      this.#result,
    ];
  }

  /** Removes the result of the previous program, and offers the parameters of the open program. */
  forget() {
    this.#result.replaceChildren();
    this.#said.textContent = '';
    const open = this.#actions.program();
    this.#growable = (open?.params ?? []).filter(
      ({ kind, default: one }) => kind !== 'choice' && kind !== 'list' && typeof one === 'number' && one > 0,
    );
    this.#work.replaceChildren(
      make('option', { value: '' }, 'the same for every run'),
      ...this.#growable.map(({ name, label }) => make('option', { value: name }, `grows: ${label} × processors`)),
    );
  }

  async #sweep() {
    const open = this.#actions.program();
    if (!open || this.#going) return;
    const growing = this.#growable.find(({ name }) => name === this.#work.value) ?? null;
    const order = orderOf(processorsOf(open.all, this.#beyond.checked), Number(this.#repeats.value));
    /** @type {SentReport[]} */
    const reports = [];
    let leftOut = 0;
    this.#show(true);
    this.#progress.max = order.length;
    this.#progress.value = 0;
    try {
      await this.#actions.run(
        order.map((processors) => ({ params: valuesFor(open.values, growing, processors), processors })),
        (report) => {
          this.#progress.value++;
          this.#said.textContent = `${this.#progress.value} of ${count(order.length, ['run', 'runs'])} done. The last one, with ${count(
            report.processors,
            PROCESSOR_WORDS,
          )}, took ${time(report.wallMs)}.`;
          if (isComparable(report)) reports.push(report);
          else if (report.outcome === 'completed') leftOut++;
        },
      );
      const scaling = await this.#actions.scale(
        reports.map(({ processors }) => processors),
        reports.map(({ wallMs }) => wallMs),
        growing !== null,
      );
      const cut =
        reports.length + leftOut < order.length
          ? ` Stopped after ${count(reports.length + leftOut, ['run', 'runs'])}.`
          : '';
      const away =
        leftOut > 0
          ? ` ${count(leftOut, ['run is', 'runs are'])} left out because the page was hidden or stood still.`
          : '';
      this.#said.textContent = `${count(reports.length, ['run', 'runs'])} measured.${away}${cut}`;
      this.#result.replaceChildren(...result(scaling, mostlyWaits(reports)));
      this.#actions.say(`Scaling: ${this.#said.textContent}`);
    } catch (error) {
      this.#said.textContent = error instanceof Error ? error.message : String(error);
      this.#actions.say(this.#said.textContent);
    } finally {
      this.#show(false);
    }
  }

  /** @param {boolean} going */
  #show(going) {
    this.#going = going;
    this.#stop.hidden = this.#progress.hidden = !going;
    setAble(this.#start, !going);
  }
}

/** @param {SentReport[]} reports */
function mostlyWaits(reports) {
  const alone = reports.find(({ processors }) => processors === 1);
  return alone !== undefined && alone.busyMs < WAITS * alone.wallMs;
}

/**
 * @param {Scaling} scaling
 * @param {boolean} waits
 * @returns {Element[]}
 */
function result(scaling, waits) {
  const { points, laws, whyNot, growing } = scaling;
  if (points.length === 0) return [];
  const best = points.reduce((a, b) => ((b.speedup ?? 0) > (a.speedup ?? 0) ? b : a));
  const finding =
    best.speedup === null
      ? ''
      : best.processors === 1
        ? 'One processor was as fast as any other number.'
        : `The best was ${count(best.processors, PROCESSOR_WORDS)}: ${level(
            best.speedup,
          )} times ${growing ? 'as much work in the same time' : 'as fast as one'}.`;
  const head = (/** @type {string[]} */ words) =>
    make('thead', {}, make('tr', {}, ...words.map((word) => make('th', { scope: 'col' }, word))));
  const share = (/** @type {number | null} */ n) => (n === null ? '–' : `${(n * 100).toFixed(1)} %`);
  const table = make(
    'table',
    {},
    head([
      'Processors',
      'Median',
      'Shortest to longest',
      growing ? 'Scaled speed-up' : 'Speed-up',
      ...(waits ? [] : ['Efficiency']),
      ...(waits || growing ? [] : ['Serial share (Karp–Flatt)']),
    ]),
    make(
      'tbody',
      {},
      ...points.map((point) =>
        make(
          'tr',
          {},
          make('th', { scope: 'row' }, `${point.processors}${point.oversubscribed ? ' (more than reported)' : ''}`),
          make('td', {}, time(point.medianMs)),
          make('td', {}, `${time(point.leastMs)} to ${time(point.mostMs)}`),
          make('td', {}, point.speedup === null ? '–' : `${point.speedup.toFixed(2)} ×`),
          ...(waits ? [] : [make('td', {}, share(point.efficiency))]),
          ...(waits || growing ? [] : [make('td', {}, share(point.karpFlatt))]),
        ),
      ),
    ),
  );
  return [
    make('p', { class: 'sweep-finding' }, finding),
    chart(scaling, `Speed-up by number of processors. ${finding} The figures are in the table that follows.`),
    make(
      'ul',
      { class: 'keys' },
      make(
        'li',
        {},
        make('span', { class: 'chart-key chart-measured' }),
        'measured: the median, and a line from the shortest to the longest run',
      ),
      make('li', {}, make('span', { class: 'chart-key chart-ideal' }), 'ideal: twice the processors, twice as fast'),
      ...(laws
        ? [
            make(
              'li',
              {},
              make('span', { class: 'chart-key chart-law' }),
              `${growing ? 'Gustafson' : 'Amdahl'}, prediction`,
            ),
          ]
        : []),
      ...(laws?.usl
        ? [make('li', {}, make('span', { class: 'chart-key chart-usl' }), 'Universal Scalability Law, prediction')]
        : []),
    ),
    make('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Figures of the sweep' }, table),
    ...(waits
      ? [make('p', {}, 'This program mostly waits. A wait needs no processor, so this table shows no efficiency.')]
      : []),
    ...(laws ? lawWords(laws, growing) : [make('p', {}, whyNot ?? '')]),
  ];
}

/**
 * @param {import('../common/messages.js').Laws} laws
 * @param {boolean} growing
 */
function lawWords({ serial, serialError, usl, predictions }, growing) {
  const share = `${(serial * 100).toFixed(1)} % ± ${(serialError * 100).toFixed(1)} %`;
  const sentences = [
    `${growing ? 'Gustafson' : 'Amdahl'}’s law fits best if ${share} of the work can’t be shared between processors.`,
  ];
  if (usl)
    sentences.push(
      `The Universal Scalability Law fits best with a contention of ${usl.sigma.toPrecision(2)} (waiting for what is shared) and a coherency of ${usl.kappa.toPrecision(
        2,
      )} (keeping shared data the same everywhere).`,
    );
  if (predictions.length === 0) return [make('p', {}, sentences.join(' '))];
  return [
    make('p', {}, sentences.join(' ')),
    make(
      'table',
      {},
      make('caption', {}, 'Predicted, not measured'),
      make(
        'thead',
        {},
        make(
          'tr',
          {},
          ...['Processors', growing ? 'Gustafson' : 'Amdahl', ...(usl ? ['Universal Scalability'] : [])].map((word) =>
            make('th', { scope: 'col' }, word),
          ),
        ),
      ),
      make(
        'tbody',
        {},
        ...predictions.map((row) =>
          make(
            'tr',
            {},
            make('th', { scope: 'row' }, String(row.processors)),
            make('td', {}, `${row.amdahl.toFixed(1)} ×`),
            ...(row.usl === null ? [] : [make('td', {}, `${row.usl.toFixed(1)} ×`)]),
          ),
        ),
      ),
    ),
  ];
}
