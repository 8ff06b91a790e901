/**
 * One lane: a region with its heading, figures, picture, output and the
 * picture's text. It is told what happens and keeps it; while a run goes on it
 * touches the document only when the frame loop asks it to.
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {import('../common/messages.js').Live} Live
 * @typedef {import('../common/messages.js').SentReport} SentReport
 */
import { SEATS } from '../common/lanes.js';
import { REASONS } from '../common/messages.js';
import { Picture } from '../timeline/drawing/picture.js';
import { sumGroup } from '../timeline/index/group-levels.js';
import { Groups, groupWords } from '../timeline/index/groups.js';
import { rowTop, stripOpens } from '../timeline/layout/layout.js';
import { trafficOf } from '../timeline/index/channels.js';
import { NO_PLAN, RowList } from '../timeline/layout/rows.js';
import { indexOf } from '../timeline/index/run-index.js';
import { inSlices } from '../common/slices.js';
import { Timeline } from '../timeline/index/timeline.js';
import { count, level, PROCESSOR_WORDS, time, timeRange } from '../common/words.js';
import { isComparable } from '../common/report.js';
import { ChannelTable } from './channel-table.js';
import { make, say, setAble } from '../common/dom.js';
import { Openers } from './openers.js';
import { Output } from './output.js';
import { TaskTable } from './task-table.js';

const NOT_RUN = 'not run yet';

/** Browsers give a page that isn't isolated a coarser clock. */
const COARSE_CLOCK_MS = 0.1;

/** Where there are no tasks. */
const NOBODY = new Groups();

/** Of the busy time, what is worth a sentence if nobody knows whose it was. */
const BLURRED_SHARE = 0.01;

export class LaneView {
  /** @type {Timeline | null} */
  timeline = null;
  /** @type {SentReport | null} */
  report = null;
  /** @type {import('../timeline/index/run-index.js').RunIndex | null} of the report, once it is sorted */
  index = null;
  dirty = true;
  /** Whether there is a table of channels: not before the lesson that says what they are. */
  tellsChannels = true;

  #title;
  #subtitle = make('p', { class: 'subtitle' });
  #wall = make('span', {});
  #spread = make('span', { class: 'spread' });
  #heading = make('p', { class: 'wall' }, this.#wall, this.#spread);
  #drawn = make('p', { class: 'levels', hidden: true });
  #levels = make('p', { class: 'levels' });
  #workers = make('p', { class: 'levels workers', hidden: true });
  #outcome = make('p', { class: 'outcome', hidden: true });
  #notes = make('ul', { class: 'own-findings', hidden: true });
  #empty = make('p', { class: 'empty' }, NOT_RUN);
  #canvas = make('canvas', { role: 'img', 'aria-label': NOT_RUN });
  #openers = new Openers();
  #whole;
  #picture;
  #output = new Output();
  #table = new TaskTable();
  #channels = new ChannelTable(() => this.findTraffic());
  #emptyText = NOT_RUN;
  #titleText = '';
  #subtitleText = '';
  /** @type {import('../common/repeats.js').Times | null} what its runs with the same values took */
  #times = null;
  #workersText = '';
  #cutText = '';
  #available = true;
  #plan = NO_PLAN;
  #groups = NOBODY;
  #rows = new RowList(NO_PLAN, NOBODY);
  /** Resolves when nothing of its run is left to be sorted. */
  sorted = Promise.resolve();
  /** @type {object | null} the index whose groups are being summed */
  #summing = null;
  /** @type {object | null} the index whose traffic is being found */
  #finding = null;
  /** @type {HTMLCanvasElement | null} on which its run is drawn until it is sorted */
  #live = null;
  #pictures;
  #viewState;

  /**
   * @param {Lane} lane
   * @param {() => void} run       its button was pressed
   * @param {() => void} mark      it has something new to show
   * @param {import('./live-pictures.js').LivePictures} pictures
   * @param {import('../timeline/layout/view-state.js').ViewState} viewState
   */
  constructor(lane, run, mark, pictures, viewState) {
    this.lane = lane;
    this.#viewState = viewState;
    this.#pictures = pictures;
    this.mark = () => {
      this.dirty = true;
      mark();
    };
    this.runButton = make(
      'button',
      { type: 'button', class: 'quiet', click: run },
      'Run',
      make('span', { class: 'unseen' }, ` ${SEATS[lane]}`),
    );
    this.#whole = make(
      'button',
      { type: 'button', class: 'small whole', hidden: true, click: () => viewState.fit() },
      'Whole run',
    );
    this.drawing = make(
      'div',
      {
        class: 'drawing',
        tabindex: '0',
        role: 'application',
        'aria-roledescription': 'timeline',
        'aria-label': `${SEATS[lane]}, timeline: arrow keys move, plus and minus zoom`,
      },
      this.#canvas,
      this.#empty,
      this.#openers.element,
      this.#whole,
    );
    this.#title = make('h2', {}, SEATS[lane]);
    this.element = make(
      'section',
      { class: 'lane', 'aria-label': SEATS[lane] },
      make('header', {}, this.#title, this.#subtitle, this.#heading, this.runButton),
      this.#outcome,
      make('div', { class: 'body' }, this.drawing, this.#output.element),
      this.#notes,
      make('footer', {}, this.#drawn, this.#levels, this.#workers, this.#table.element, this.#channels.element),
    );
    this.#picture = new Picture(this.#canvas);
  }

  /** @param {boolean} able */
  setRunnable(able) {
    setAble(this.runButton, able && this.#available);
  }

  /**
   * Nothing has run here.
   * @param {string} title     "Concurrent: overlapping on 1 processor"
   * @param {string} subtitle    "1 cook, dishes overlap"
   */
  clear(title, subtitle) {
    this.#endLive();
    this.timeline = null;
    this.report = null;
    this.index = null;
    this.#cutText = '';
    this.#times = null;
    this.#titleText = title;
    this.#subtitleText = subtitle;
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
   * @param {string} subtitle
   */
  begin(processors, title, subtitle) {
    this.clear(title, subtitle);
    this.timeline = new Timeline(processors);
    this.#picture.clear();
    this.#live = make('canvas', { class: 'live', 'aria-hidden': 'true' });
    this.#empty.after(this.#live); // beneath the buttons
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
    this.timeline?.groups.see(live.open);
    if (this.#live) this.#pictures.progress(this.lane, live, nowMs);
    if (live.output.length > 0) this.mark();
  }

  /** Whether its run goes on. */
  get going() {
    return this.timeline !== null && this.report === null && this.#cutText === '';
  }

  /**
   * @param {SentReport} report
   * @param {import('../common/repeats.js').Times | null} times   what all its runs with the same values took
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
    if (!(await this.#sumGroups(index))) return;
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
   * Sums the groups that have rows, in slices.
   * @param {import('../timeline/index/run-index.js').RunIndex} index
   * @returns {Promise<boolean>} false: another run has come
   */
  async #sumGroups(index) {
    const rows = this.pickRows(this.#plan); // of all tasks: while the run went on some may not have been known
    for (const group of rows.groups) {
      await inSlices(sumGroup(index, group), () => this.report === index.report);
      if (this.report !== index.report) return false;
    }
    return true;
  }

  /**
   * @param {import('../timeline/layout/rows.js').RowPlan} plan
   * @returns {RowList} this lane's rows
   */
  pickRows(plan) {
    const groups = this.timeline?.groups ?? NOBODY;
    if (plan === this.#plan && groups === this.#groups) this.#rows.grow();
    else this.#rows = new RowList(plan, groups);
    this.#plan = plan;
    this.#groups = groups;
    return this.#rows;
  }

  /**
   * How many tasks of each group that has a row existed at the same time, as far as that is known.
   * @returns {[string, number][]} by the group's key
   */
  get mostAtOnce() {
    return this.#rows.groups.map(({ key, most }) => [key, this.index?.groups.get(key)?.most ?? most]);
  }

  /** Which tasks have a row. */
  get rowList() {
    return this.#rows;
  }

  /**
   * A run from a file.
   * @param {SentReport} report
   * @param {string} title
   * @param {string} subtitle   where it is from
   */
  open(report, title, subtitle) {
    this.clear(title, subtitle);
    this.finish(report, null);
  }

  /** What is beside its title, for a picture of it. */
  get caption() {
    return `${this.#titleText}, ${this.#subtitleText}`;
  }

  /** @param {string} sentence   the run ended without a report; what was drained stays */
  cut(sentence) {
    this.#cutText = sentence;
    this.update();
    this.mark();
  }

  /** Brings the text up to date: while a run goes on, only what its tasks have said. */
  refresh() {
    if (!this.going || this.timeline?.open === null) {
      this.update();
      return;
    }
    this.#output.show(this.timeline);
  }

  /** Brings the text up to date; the picture is painted by whoever knows the axis. */
  update() {
    const { report, timeline } = this;
    const ran = timeline !== null;
    say(this.#title, this.#titleText);
    say(this.#subtitle, this.#available ? this.#subtitleText : '');
    // No time stands here while the run goes on: it would lag behind the picture, where it moves.
    const times = report && this.#times;
    say(
      this.#wall,
      this.going
        ? 'running'
        : times
          ? time(times.medianMs)
          : report
            ? time(report.wallMs)
            : timeline?.nowMs
              ? time(timeline.nowMs)
              : '',
    );
    say(
      this.#spread,
      times && times.runs > 1 ? ` median of ${times.runs}, ${timeRange(times.leastMs, times.mostMs)}` : '',
    );
    say(this.#drawn, report && times ? drawn(report, times) : '');
    // Room for it from the start: what comes to be seen during a run moves all that is below.
    say(this.#levels, report ? levels(report) : timeline ? '\u00a0' : '');
    say(this.#empty, ran ? '' : this.#emptyText);
    this.#empty.classList.toggle('why', !this.#available);
    this.#canvas.hidden = !this.#available && !ran;
    this.#heading.classList.toggle('going', this.going);
    say(this.#workers, report ? this.#workersText : '');
    say(this.#outcome, report ? ending(report) : this.#cutText);
    this.#outcome.classList.toggle('asked-for', report?.outcome === 'stopped');
    this.#notes.replaceChildren(
      ...(report?.findings ?? []).map((finding) => make('li', {}, finding)),
      ...shortcomings(report).map((sentence) => make('li', {}, sentence)),
    );
    this.#notes.hidden = this.#notes.childElementCount === 0;
    this.#output.show(timeline);
    this.#table.show(report);
    this.#channels.show(this.tellsChannels ? this.index : null);
    this.#canvas.setAttribute('aria-label', this.#sentence());
  }

  /**
   * @param {import('../timeline/drawing/picture.js').LaneScene} scene
   * @param {number} unit   of the picture, in CSS pixels
   */
  paint(scene, unit) {
    const { timeline, index } = this;
    this.drawing.style.height = this.#canvas.hidden ? '' : `${scene.layout.height * unit}px`;
    this.#showOpeners(scene, unit);
    if (timeline && index) {
      const rows = this.rowList;
      this.#picture.paint({ ...scene, timeline, index, rows });
      this.#endLive();
      if (rows.groups.some(({ key }) => !index.groups.has(key))) this.#sumLate(index);
    } else if (!timeline) {
      this.#picture.clear();
    } else if (this.#live && !this.report) {
      // While a run is sorted its picture stays as it was drawn: it would only be drawn twice.
      const { layout, scale, palette, density, stripName, cursorMs, cursorY, noun, full } = scene;
      const { startMs, endMs, left, width } = scale;
      this.#pictures.look(this.lane, {
        layout,
        scale: { startMs, endMs, left, width },
        palette,
        density,
        stripName,
        cursorMs,
        cursorY,
        noun,
        full,
        plan: this.#plan,
        words: REASONS.map((_, reason) => scene.wordOf(reason)),
      });
    }
  }

  /**
   * Tasks of another lane have come, or are looked at otherwise: groups that were not needed before have rows now.
   * @param {import('../timeline/index/run-index.js').RunIndex} index
   */
  async #sumLate(index) {
    if (this.#summing === index) return;
    this.#summing = index;
    if (await this.#sumGroups(index)) this.mark();
    this.#summing = null;
  }

  /**
   * The buttons over the names of rows that open, and the one that ends zooming.
   * @param {import('../timeline/drawing/picture.js').LaneScene} scene
   * @param {number} unit
   */
  #showOpeners({ layout, scale, noun, stripName }, unit) {
    const viewState = this.#viewState;
    const rows = this.#rows;
    const ran = this.timeline !== null;
    const openers = (ran ? layout.groupRows : []).flatMap((row) => {
      const group = rows.groupAt(row);
      return group
        ? [
            {
              key: group.key,
              name: groupWords(group.tasks.length, group, noun).filter(Boolean).join(' '),
              open: group.open,
              top: rowTop(layout, row) * unit,
              height: layout.groupHeight * unit,
              press: () => viewState.toggle(group.key),
            },
          ]
        : [];
    });
    if (ran && stripOpens(layout)) {
      openers.push({
        key: '',
        name: stripName,
        open: !layout.together,
        top: layout.stripTop * unit,
        height: layout.stripHeight * unit,
        press: () => viewState.set({ eachProcessor: !viewState.eachProcessor }),
      });
    }
    this.#openers.show(openers, (scale.left - 4) * unit);
    this.#whole.hidden = !ran || viewState.viewport === null;
  }

  #sentence() {
    const { report, timeline } = this;
    if (!timeline) return NOT_RUN;
    if (this.going) return `${SEATS[this.lane]}: a run goes on.`;
    const who = `${SEATS[this.lane]}: ${count(timeline.names.length, ['task', 'tasks'])} on ${count(
      timeline.processors,
      PROCESSOR_WORDS,
    )}`;
    if (!report) return `${who}, seen up to ${time(timeline.nowMs)}.`;
    return `${who}, ${time(report.wallMs)} in all. ${levels(report)}. The times of each task are in a table below.`;
  }
}

/** @param {SentReport} report */
function levels({ concurrency, parallelism }) {
  return (
    `concurrency: at most ${count(concurrency.max, ['task', 'tasks'])} in progress, with main; ${level(concurrency.mean)} on average · ` +
    `parallelism: at most ${count(parallelism.max, PROCESSOR_WORDS)} at work; ${level(parallelism.mean)} on average`
  );
}

/**
 * A browser may promise more than it gives: what was asked for and what was seen stand apart.
 * @param {SentReport} report
 */
function workers({ processors, states, parallelism }) {
  if (processors === 1) return '';
  const seen = new Set(states.processor.filter((processor) => processor >= 0)).size;
  // A run begins when every processor's worker has answered.
  return `${seen} of ${processors} processors worked on tasks, at most ${level(parallelism.max)} at the same moment.`;
}

/**
 * Which of a lane's runs the drawing shows, where there are several.
 * @param {SentReport} report   the last one
 * @param {import('../common/repeats.js').Times} times
 */
function drawn(report, { runs }) {
  if (!isComparable(report))
    return `The drawing shows the last run, which is not counted: the time above is that of ${count(runs, ['run', 'runs'])} before it.`;
  return runs > 1 ? `The drawing shows the last of ${runs} runs: ${time(report.wallMs)}.` : '';
}

/** @param {SentReport} report */
function ending({ outcome, message }) {
  if (outcome === 'completed') return '';
  return message.toLowerCase().includes(outcome)
    ? message
    : `${outcome[0]?.toUpperCase()}${outcome.slice(1)}. ${message}`;
}

/**
 * What a reader must know to trust the figures.
 * @param {SentReport | null} report
 */
function shortcomings(report) {
  if (!report) return [];
  const sentences = [];
  if (report.hidden) {
    sentences.push(
      'The page was hidden for a while during this run, and browsers slow hidden pages down. So this run is not compared with others.',
    );
  }
  if (report.pausedMs > 0) {
    sentences.push(
      `The page stood still for about ${time(report.pausedMs)} during this run: it was frozen, or the machine slept. So this run is not compared with others.`,
    );
  }
  if (report.clockStepMs >= COARSE_CLOCK_MS) {
    sentences.push(
      `This page’s clock advances in steps of ${time(report.clockStepMs)}, so it cannot measure anything shorter.`,
    );
  }
  if (report.blurredMs >= BLURRED_SHARE * report.busyMs && report.blurredMs > report.clockStepMs) {
    sentences.push(
      `${time(report.blurredMs)} went to turns that were too short to be timed one by one. Their order is exact, but not how long each one took.`,
    );
  }
  return sentences;
}
