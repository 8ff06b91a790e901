/**
 * One lane: a region with its heading, figures, picture, output and the
 * picture's text. It is told what happens and keeps it; while a run goes on it
 * touches the document only when the frame loop asks it to.
 *
 * @typedef {import('../lanes.js').Lane} Lane
 * @typedef {import('../messages.js').Live} Live
 * @typedef {import('../messages.js').SentReport} SentReport
 */
import { REASONS, STATES } from '../messages.js';
import { Picture } from '../picture/picture.js';
import { MOST_ROWS, ROWS_AT_ONCE } from '../picture/layout.js';
import { trafficOf } from '../picture/channels.js';
import { RowPicker } from '../picture/rows.js';
import { indexOf } from '../picture/run-index.js';
import { inSlices } from '../picture/slices.js';
import { Timeline } from '../picture/timeline.js';
import { count, level, time, timeRange } from '../words.js';
import { isComparable } from '../report.js';
import { ChannelTable } from './channel-table.js';
import { make, say, setAble } from './dom.js';
import { Output } from './output.js';
import { TaskTable } from './task-table.js';

/** @type {Record<Lane, string>} */
export const TITLES = { sequential: 'Sequential', concurrent: 'Concurrent', parallel: 'Parallel' };

/**
 * The text around a picture that grows with it, such as the number of rows, is renewed this seldom:
 * to lay it out costs a run that uses all cores. How far the run has come stands in the picture.
 */
const TEXT_MS = 1000;

export const NOT_RUN = 'not run yet';

/** Browsers give a page that isn't isolated a coarser clock. */
const COARSE_CLOCK_MS = 0.1;

/** Names, where there are no tasks. @type {string[]} */
const NOBODY = [];

/** Of the busy time, what is worth a sentence if nobody knows whose it was. */
const BLURRED_SHARE = 0.01;

export class LaneView {
  /** @type {Timeline | null} */
  timeline = null;
  /** @type {SentReport | null} */
  report = null;
  /** @type {import('../picture/run-index.js').RunIndex | null} of the report, once it is sorted */
  index = null;
  /** Whether a reader asked for every row. */
  all = false;
  dirty = true;

  #title;
  #manner = make('p', { class: 'manner' });
  #wall = make('span', {});
  #spread = make('span', { class: 'spread' });
  #heading = make('p', { class: 'wall' }, this.#wall, this.#spread);
  #drawn = make('p', { class: 'levels', hidden: true });
  #levels = make('p', { class: 'levels' });
  #workers = make('p', { class: 'levels', hidden: true });
  #outcome = make('p', { class: 'outcome', hidden: true });
  #notes = make('ul', { class: 'own-findings', hidden: true });
  #empty = make('p', { class: 'empty' }, NOT_RUN);
  #canvas = make('canvas', { role: 'img', 'aria-label': NOT_RUN });
  #showAll;
  #together = make('p', { class: 'note', hidden: true }, 'Drawn together, pixel by pixel, from below: ',
    ...STATES.map((state) => make('span', { class: 'share' }, make('span', { class: `share-key share-${state}` }), ` ${state} `)));
  #picture;
  #output = new Output();
  #table = new TaskTable();
  #channels = new ChannelTable(() => this.findTraffic());
  #emptyText = NOT_RUN;
  #titleText = '';
  #mannerText = '';
  /** @type {import('../repeats.js').Times | null} what its runs with the same values took */
  #times = null;
  #workersText = '';
  #cutText = '';
  #available = true;
  #toldAt = 0;
  #rows = new RowPicker();
  /** Resolves when nothing of its run is left to be sorted. */
  sorted = Promise.resolve();
  /** @type {object | null} the index whose traffic is being found */
  #finding = null;
  /** @type {HTMLCanvasElement | null} on which its run is drawn until it is sorted */
  #live = null;
  #pictures;

  /**
   * @param {Lane} lane
   * @param {() => void} run       its button was pressed
   * @param {() => void} mark      it has something new to show
   * @param {import('./live-pictures.js').LivePictures} pictures
   */
  constructor(lane, run, mark, pictures) {
    this.lane = lane;
    this.#pictures = pictures;
    this.mark = () => {
      this.dirty = true;
      mark();
    };
    this.runButton = make('button', { type: 'button', class: 'quiet', click: run },
      'Run', make('span', { class: 'unseen' }, ` ${TITLES[lane]}`));
    this.#showAll = make('button', {
      type: 'button', class: 'quiet show-all', hidden: true, 'aria-expanded': 'false',
      click: () => {
        this.all = !this.all;
        this.mark();
      },
    });
    this.drawing = make('div', {
      class: 'drawing', tabindex: '0', role: 'application', 'aria-roledescription': 'timeline',
      'aria-label': `${TITLES[lane]}, timeline: arrow keys move, plus and minus zoom`,
    }, this.#canvas, this.#empty);
    this.#title = make('h2', {}, TITLES[lane]);
    this.element = make('section', { class: 'lane', 'aria-label': TITLES[lane] },
      make('header', {}, this.#title, this.#manner, this.#heading, this.runButton),
      this.#outcome,
      make('div', { class: 'body' }, this.drawing, this.#output.element),
      this.#notes,
      make('footer', {}, this.#drawn, this.#levels, this.#workers, this.#showAll, this.#table.element, this.#channels.element, this.#together));
    this.#picture = new Picture(this.#canvas);
  }

  /** @param {boolean} able */
  setRunnable(able) {
    setAble(this.runButton, able && this.#available);
  }

  /**
   * Nothing has run here.
   * @param {string} title     "Concurrent: overlapping on 1 processor"
   * @param {string} manner    "1 cook, dishes overlap"
   */
  clear(title, manner) {
    this.#endLive();
    this.timeline = null;
    this.report = null;
    this.index = null;
    this.#cutText = '';
    this.#toldAt = 0;
    this.#times = null;
    this.#titleText = title;
    this.#mannerText = manner;
    this.all = false;
    this.mark();
  }

  /**
   * @param {string} sentence   why this lane can't run; empty: it can
   */
  setUnavailable(sentence) {
    this.#available = sentence === '';
    this.#emptyText = sentence || NOT_RUN;
    this.runButton.hidden = !this.#available;
    this.mark();
  }

  /**
   * @param {number} processors
   * @param {string} title
   * @param {string} manner
   */
  begin(processors, title, manner) {
    this.clear(title, manner);
    this.timeline = new Timeline(processors);
    this.#picture.clear();
    this.#live = make('canvas', { class: 'live', 'aria-hidden': 'true' });
    this.drawing.append(this.#live);
    this.#pictures.begin(this.lane, this.#live, processors);
  }

  #endLive() {
    if (!this.#live) return;
    this.#live.remove();
    this.#live = null;
    this.#pictures.end(this.lane);
  }

  /**
   * @param {Live} live
   * @param {number} nowMs
   */
  progress(live, nowMs) {
    this.timeline?.add(live, nowMs);
    if (this.#live) this.#pictures.progress(this.lane, live, nowMs);
    if (live.output.length > 0 || this.#isTextDue) this.mark();
  }

  get #isTextDue() {
    return performance.now() - this.#toldAt >= TEXT_MS;
  }

  /** Whether its run goes on. */
  get going() {
    return this.timeline !== null && this.report === null && this.#cutText === '';
  }

  /**
   * @param {SentReport} report
   * @param {import('../repeats.js').Times | null} times   what all its runs with the same values took
   */
  finish(report, times) {
    this.report = report;
    this.#times = times;
    this.timeline = Timeline.of(report);
    this.#workersText = workers(report);
    this.sorted = this.#sort(report);
    this.update(); // at once: who is told that the run has ended finds its figures here
    this.mark();
  }

  /**
   * For looking closer. Until it is done the picture stays as it was drawn.
   * @param {SentReport} report
   */
  async #sort(report) {
    this.drawing.setAttribute('aria-busy', 'true');
    const index = await inSlices(indexOf(report), () => this.report === report);
    if (!index) return; // another run has come: it has the drawing now
    this.index = index;
    this.drawing.setAttribute('aria-busy', 'false');
    this.mark();
  }

  /** Somebody wants to see channels and arrows: found once, in slices. */
  async findTraffic() {
    const { index } = this;
    if (!index || index.traffic || this.#finding === index) return;
    this.#finding = index;
    const traffic = await inSlices(trafficOf(index), () => this.index === index);
    if (!traffic) return;
    index.traffic = traffic;
    this.mark();
  }

  /**
   * The rows that a reader asked for.
   * @param {{find: string, only: string | null}} wanted
   */
  pickRows(wanted) {
    return this.#rows.pick(this.timeline?.names ?? NOBODY, wanted);
  }

  /** Which tasks have a row. */
  get rowList() {
    return this.#rows.list;
  }

  /**
   * A run from a file.
   * @param {SentReport} report
   * @param {string} title
   * @param {string} manner   where it is from
   */
  open(report, title, manner) {
    this.clear(title, manner);
    this.finish(report, null);
  }

  /** What is beside its title, for a picture of it. */
  get caption() {
    return `${this.#titleText}, ${this.#mannerText}`;
  }

  /** @param {string} sentence   the run ended without a report; what was drained stays */
  cut(sentence) {
    this.#cutText = sentence;
    this.update();
    this.mark();
  }

  /** Brings the text up to date: while a run goes on its figures alone, and seldom, and what it says at once. */
  refresh() {
    if (!this.going || this.timeline?.open === null) {
      this.update();
      return;
    }
    this.#output.show(this.timeline);
    if (!this.#isTextDue) return;
    this.#tell();
    this.#toldAt = performance.now();
  }

  /** What grows while a run goes on. */
  #tell() {
    const { timeline } = this;
    const tasks = timeline?.names.length ?? 0;
    this.#together.hidden = tasks <= ROWS_AT_ONCE || this.all;
    this.#showAll.setAttribute('aria-expanded', String(this.all));
    say(this.#showAll, tasks <= ROWS_AT_ONCE ? '' : this.all ? 'Show them together'
      : tasks > MOST_ROWS ? `Show the first ${MOST_ROWS} of ${tasks} tasks` : `Show all ${tasks} tasks`);
  }

  /** Brings the text up to date; the picture is painted by whoever knows the axis. */
  update() {
    const { report, timeline } = this;
    const ran = timeline !== null;
    say(this.#title, this.#titleText);
    say(this.#manner, this.#available ? this.#mannerText : '');
    // No time stands here while the run goes on: it would lag behind the picture, where it moves.
    const times = report && this.#times;
    say(this.#wall, this.going ? 'running' : times ? time(times.medianMs) : report ? time(report.wallMs) : timeline?.nowMs ? time(timeline.nowMs) : '');
    say(this.#spread, times && times.runs > 1 ? ` median of ${times.runs}, ${timeRange(times.leastMs, times.mostMs)}` : '');
    say(this.#drawn, report && times ? drawn(report, times) : '');
    // Room for it from the start: what comes to be seen during a run moves all that is below.
    say(this.#levels, report ? levels(report) : timeline ? '\u00a0' : '');
    say(this.#empty, ran ? '' : this.#emptyText);
    this.#empty.classList.toggle('why', !this.#available);
    this.#canvas.hidden = !this.#available && !ran;
    this.#tell();
    this.#heading.classList.toggle('going', this.going);
    say(this.#workers, report ? this.#workersText : '');
    say(this.#outcome, report ? ending(report) : this.#cutText);
    this.#outcome.classList.toggle('asked-for', report?.outcome === 'stopped');
    this.#notes.replaceChildren(...(report?.findings ?? []).map((finding) => make('li', {}, finding)),
      ...shortcomings(report).map((sentence) => make('li', {}, sentence)));
    this.#notes.hidden = this.#notes.childElementCount === 0;
    this.#output.show(timeline);
    this.#table.show(report);
    this.#channels.show(this.index);
    this.#canvas.setAttribute('aria-label', this.#sentence());
  }

  /**
   * @param {Omit<import('../picture/picture.js').Scene, 'timeline' | 'index' | 'rows'>} scene
   * @param {{find: string, only: string | null}} wanted   the rows that a reader asked for
   */
  paint(scene, { find, only }) {
    const { timeline, index } = this;
    this.drawing.style.height = this.#canvas.hidden ? '' : `${scene.layout.height}px`;
    if (timeline && index) {
      this.#picture.paint({ ...scene, timeline, index, rows: this.rowList });
      this.#endLive();
    } else if (!timeline) {
      this.#picture.clear();
    } else if (this.#live && !this.report) {
      // While a run is sorted its picture stays as it was drawn: it would only be drawn twice.
      const { layout, scale, palette, density, stripName, cursorMs, cursorY } = scene;
      const { startMs, endMs, left, width } = scale;
      this.#pictures.look(this.lane, {
        layout, scale: { startMs, endMs, left, width }, palette, density, stripName, cursorMs, cursorY, find, only,
        words: REASONS.map((_, reason) => scene.wordOf(reason)),
      });
    }
  }

  #sentence() {
    const { report, timeline } = this;
    if (!timeline) return NOT_RUN;
    if (this.going) return `${TITLES[this.lane]}: a run goes on.`;
    const who = `${TITLES[this.lane]}: ${count(timeline.names.length, ['task', 'tasks'])} on ${
      count(timeline.processors, ['processor', 'processors'])}`;
    if (!report) return `${who}, seen up to ${time(timeline.nowMs)}.`;
    return `${who}, ${time(report.wallMs)} in all. ${levels(report)}. The times of each task are in a table below.`;
  }
}

/** @param {SentReport} report */
function levels({ concurrency, parallelism }) {
  return `concurrency ${level(concurrency.max)} with main, mean ${level(concurrency.mean)} · `
    + `parallelism ${level(parallelism.max)}, mean ${level(parallelism.mean)}`;
}

/**
 * A browser may promise more than it gives: what was asked for and what was seen stand apart.
 * @param {SentReport} report
 */
function workers({ processors, spans, parallelism }) {
  if (processors === 1) return '';
  const seen = new Set(spans.processor).size;
  // A run begins when every processor's worker has answered.
  return `${processors} processors started, ${seen} of them were inside tasks, ${level(parallelism.max)} at the same time`;
}

/**
 * Which of a lane's runs the drawing shows, where there are several.
 * @param {SentReport} report   the last one
 * @param {import('../repeats.js').Times} times
 */
function drawn(report, { runs }) {
  if (!isComparable(report)) return `The drawing shows the last run, which is not counted: the time above is that of ${count(runs, ['run', 'runs'])} before it.`;
  return runs > 1 ? `The drawing shows the last of ${runs} runs: ${time(report.wallMs)}.` : '';
}

/** @param {SentReport} report */
function ending({ outcome, message }) {
  if (outcome === 'completed') return '';
  return message.toLowerCase().includes(outcome) ? message : `${outcome[0]?.toUpperCase()}${outcome.slice(1)}. ${message}`;
}

/**
 * What a reader must know to trust the figures.
 * @param {SentReport | null} report
 */
function shortcomings(report) {
  if (!report) return [];
  const sentences = [];
  if (report.hidden) {
    sentences.push('The page was hidden for a while during this run, and browsers slow hidden pages down. So this run is not compared with others.');
  }
  if (report.pausedMs > 0) {
    sentences.push(`The page stood still for about ${time(report.pausedMs)} during this run: it was frozen, or the machine slept. So this run is not compared with others.`);
  }
  if (report.clockStepMs >= COARSE_CLOCK_MS) {
    sentences.push(`This page’s clock advances in steps of ${time(report.clockStepMs)}, so it cannot measure anything shorter.`);
  }
  if (report.blurredMs >= BLURRED_SHARE * report.busyMs && report.blurredMs > report.clockStepMs) {
    sentences.push(`${time(report.blurredMs)} went to turns that were too short to be timed one by one. Their order is exact, but not how long each one took.`);
  }
  return sentences;
}
