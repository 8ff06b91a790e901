/**
 * The view of one lane: a region with a heading, figures, a timeline, output lines, and tables that
 * say the same as the timeline. The view keeps the data of its run. While a run goes on, the view
 * changes the document only when the frame loop calls the view.
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {import('../common/messages.js').Live} Live
 * @typedef {import('../common/messages.js').SentReport} SentReport
 */
import { SLOT_NAMES } from '../common/lanes.js';
import { REASONS } from '../common/messages.js';
import { TimelineDrawing } from '../timeline/drawing/timeline-drawing.js';
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

/**
 * The least clock step for which a note warns the reader. Browsers give a page that isn't isolated
 * a clock with such steps.
 */
const COARSE_CLOCK_MS = 0.1;

/** The groups of a lane without a run: they have no tasks. */
const NO_GROUPS = new Groups();

/** A note is shown if turns too short to time took at least this share of the busy time. */
const BLURRED_SHARE = 0.01;

export class LaneView {
  /** @type {Timeline | null} */
  timeline = null;
  /** @type {SentReport | null} */
  report = null;
  /** @type {import('../timeline/index/run-index.js').RunIndex | null} null until the report is sorted */
  index = null;
  dirty = true;
  /** Whether the lane has a table of channels. Lessons before the one on channels have no table. */
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
  #timelineDrawing;
  #output = new Output();
  #table = new TaskTable();
  #channels = new ChannelTable(() => this.findTraffic());
  #emptyText = NOT_RUN;
  #titleText = '';
  #subtitleText = '';
  /** @type {import('../common/repeats.js').Times | null} of the lane's runs with these values */
  #times = null;
  #workersText = '';
  #failure = '';
  #available = true;
  #plan = NO_PLAN;
  #groups = NO_GROUPS;
  #rows = new RowList(NO_PLAN, NO_GROUPS);
  /** Resolves when the lane's run is completely sorted. */
  sorted = Promise.resolve();
  /** @type {object | null} the index whose groups are being summed */
  #summing = null;
  /** @type {object | null} the index whose traffic is being found */
  #finding = null;
  /** @type {HTMLCanvasElement | null} the live worker's canvas, until the run is sorted */
  #live = null;
  #liveWorker;
  #viewState;

  /**
   * @param {Lane} lane
   * @param {() => void} run       called when the lane's button is pressed
   * @param {() => void} mark      called when the lane has something new to show
   * @param {import('./live-worker-link.js').LiveWorkerLink} liveWorker
   * @param {import('../timeline/layout/view-state.js').ViewState} viewState
   */
  constructor(lane, run, mark, liveWorker, viewState) {
    this.lane = lane;
    this.#viewState = viewState;
    this.#liveWorker = liveWorker;
    this.mark = () => {
      this.dirty = true;
      mark();
    };
    this.runButton = make(
      'button',
      { type: 'button', class: 'quiet', click: run },
      'Run',
      make('span', { class: 'unseen' }, ` ${SLOT_NAMES[lane]}`),
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
        'aria-label': `${SLOT_NAMES[lane]}, timeline: arrow keys move, plus and minus zoom`,
      },
      this.#canvas,
      this.#empty,
      this.#openers.element,
      this.#whole,
    );
    this.#title = make('h2', {}, SLOT_NAMES[lane]);
    this.element = make(
      'section',
      { class: 'lane', 'aria-label': SLOT_NAMES[lane] },
      make('header', {}, this.#title, this.#subtitle, this.#heading, this.runButton),
      this.#outcome,
      make('div', { class: 'body' }, this.drawing, this.#output.element),
      this.#notes,
      make('footer', {}, this.#drawn, this.#levels, this.#workers, this.#table.element, this.#channels.element),
    );
    this.#timelineDrawing = new TimelineDrawing(this.#canvas);
  }

  /** @param {boolean} able */
  setRunnable(able) {
    setAble(this.runButton, able && this.#available);
  }

  /**
   * Empties the lane, and sets its title and subtitle.
   * @param {string} title     "Concurrent: overlapping on 1 processor"
   * @param {string} subtitle    "1 cook, dishes overlap"
   */
  clear(title, subtitle) {
    this.#endLive();
    this.timeline = null;
    this.report = null;
    this.index = null;
    this.#failure = '';
    this.#times = null;
    this.#titleText = title;
    this.#subtitleText = subtitle;
    this.mark();
  }

  /**
   * @param {string} sentence   why this lane can't run; empty if it can
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
    this.#timelineDrawing.clear();
    this.#live = make('canvas', { class: 'live', 'aria-hidden': 'true' });
    this.#empty.after(this.#live); // before the buttons, which then lie above the canvas
    this.#liveWorker.begin(this.lane, this.#live, processors);
  }

  #endLive() {
    if (!this.#live) return;
    this.#live.remove();
    this.#live = null;
    this.#liveWorker.end(this.lane);
  }

  /**
   * @param {Live} live
   * @param {number} nowMs
   */
  progress(live, nowMs) {
    this.timeline?.add(live, nowMs);
    this.timeline?.groups.countExisting(live.open);
    if (this.#live) this.#liveWorker.progress(this.lane, live, nowMs);
    if (live.output.length > 0) this.mark();
  }

  /** Whether the lane's run goes on. */
  get going() {
    return this.timeline !== null && this.report === null && this.#failure === '';
  }

  /**
   * @param {SentReport} report
   * @param {import('../common/repeats.js').Times | null} times   the times of the lane's runs with
   *   the same values
   */
  finish(report, times) {
    this.report = report;
    this.#times = times;
    this.timeline = Timeline.of(report);
    this.#workersText = workers(report);
    this.sorted = this.#sort(report);
    this.update(); // at once: callers read the figures as soon as the run has ended
    this.mark();
  }

  /**
   * Sorts a report into an index, which zooming and selecting need. The timeline stays as it was
   * drawn until the index is complete.
   * @param {SentReport} report
   */
  async #sort(report) {
    this.drawing.setAttribute('aria-busy', 'true');
    const index = await inSlices(indexOf(report), () => this.report === report);
    if (!index) return; // another run has begun, and the drawing shows that run
    if (!(await this.#sumGroups(index))) return;
    this.index = index;
    this.drawing.setAttribute('aria-busy', 'false');
    this.mark();
  }

  /** Collects the traffic on channels once for each run, in slices, for channel rows and arrows. */
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
   * Computes the `GroupSums` of the groups that have rows, in slices.
   * @param {import('../timeline/index/run-index.js').RunIndex} index
   * @returns {Promise<boolean>} false if another run has begun meanwhile
   */
  async #sumGroups(index) {
    const rows = this.pickRows(this.#plan); // the report may have tasks that were not known before
    for (const group of rows.groups) {
      await inSlices(sumGroup(index, group), () => this.report === index.report);
      if (this.report !== index.report) return false;
    }
    return true;
  }

  /**
   * @param {import('../timeline/layout/rows.js').RowPlan} plan
   * @returns {RowList} this lane's rows according to the plan
   */
  pickRows(plan) {
    const groups = this.timeline?.groups ?? NO_GROUPS;
    if (plan === this.#plan && groups === this.#groups) this.#rows.grow();
    else this.#rows = new RowList(plan, groups);
    this.#plan = plan;
    this.#groups = groups;
    return this.#rows;
  }

  /**
   * For each group that has a row, the largest number of the group's tasks that existed at the same
   * time, as far as is known.
   * @returns {[string, number][]} pairs of a group's key and this number
   */
  get mostAtOnce() {
    return this.#rows.groups.map(({ key, most }) => [key, this.index?.groups.get(key)?.most ?? most]);
  }

  /** The rows of this lane. */
  get rowList() {
    return this.#rows;
  }

  /**
   * Shows a recorded run.
   * @param {SentReport} report
   * @param {string} title
   * @param {string} subtitle   where the run is from
   */
  open(report, title, subtitle) {
    this.clear(title, subtitle);
    this.finish(report, null);
  }

  /** The lane's title and subtitle, for an exported timeline. */
  get caption() {
    return `${this.#titleText}, ${this.#subtitleText}`;
  }

  /**
   * Ends a run that has no report. The drained events stay visible.
   * @param {string} sentence   why there is no report
   */
  fail(sentence) {
    this.#failure = sentence;
    this.update();
    this.mark();
  }

  /** Updates the text of the lane. While a run goes on, only its output lines change. */
  refresh() {
    if (!this.going || this.timeline?.open === null) {
      this.update();
      return;
    }
    this.#output.show(this.timeline);
  }

  /** Updates all text of the lane. `Lanes` knows the axis, so `Lanes` paints the timeline. */
  update() {
    const { report, timeline } = this;
    const ran = timeline !== null;
    say(this.#title, this.#titleText);
    say(this.#subtitle, this.#available ? this.#subtitleText : '');
    // While the run goes on, the heading shows no time: a time in the heading would lag behind the
    // time in the timeline.
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
    // The line has its height from the start. If the line appeared later, everything below would
    // move.
    say(this.#levels, report ? levels(report) : timeline ? '\u00a0' : '');
    say(this.#empty, ran ? '' : this.#emptyText);
    this.#empty.classList.toggle('why', !this.#available);
    this.#canvas.hidden = !this.#available && !ran;
    this.#heading.classList.toggle('going', this.going);
    say(this.#workers, report ? this.#workersText : '');
    say(this.#outcome, report ? ending(report) : this.#failure);
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
   * @param {import('../timeline/drawing/timeline-drawing.js').LaneScene} scene
   * @param {number} unit   the timeline's unit of length, in CSS pixels
   */
  paint(scene, unit) {
    const { timeline, index } = this;
    this.drawing.style.height = this.#canvas.hidden ? '' : `${scene.layout.height * unit}px`;
    this.#showOpeners(scene, unit);
    if (timeline && index) {
      const rows = this.rowList;
      this.#timelineDrawing.paint({ ...scene, timeline, index, rows });
      this.#endLive();
      if (rows.groups.some(({ key }) => !index.groups.has(key))) this.#sumNewGroups(index);
    } else if (!timeline) {
      this.#timelineDrawing.clear();
    } else if (this.#live && !this.report) {
      // After the run has ended, the timeline stays as it is until the run is sorted. Otherwise the
      // ended run would be drawn twice.
      const { layout, scale, palette, density, stripName, cursorMs, cursorY, noun, full } = scene;
      const { startMs, endMs, left, width } = scale;
      this.#liveWorker.setScene(this.lane, {
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
   * Computes the `GroupSums` of the groups whose rows are new. Rows are new if another lane has new
   * tasks, or if the reader chose another view.
   * @param {import('../timeline/index/run-index.js').RunIndex} index
   */
  async #sumNewGroups(index) {
    if (this.#summing === index) return;
    this.#summing = index;
    if (await this.#sumGroups(index)) this.mark();
    this.#summing = null;
  }

  /**
   * Places the buttons over the names of rows that can open, and shows or hides "Whole run".
   * @param {import('../timeline/drawing/timeline-drawing.js').LaneScene} scene
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
    if (this.going) return `${SLOT_NAMES[this.lane]}: a run goes on.`;
    const who = `${SLOT_NAMES[this.lane]}: ${count(timeline.names.length, ['task', 'tasks'])} on ${count(
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
 * Says how many processors were asked for, and how many worked on tasks. A browser may report more
 * cores than the page gets.
 * @param {SentReport} report
 */
function workers({ processors, states, parallelism }) {
  if (processors === 1) return '';
  const seen = new Set(states.processor.filter((processor) => processor >= 0)).size;
  // A run begins when every processor's worker has answered.
  return `${seen} of ${processors} processors worked on tasks, at most ${level(parallelism.max)} at the same moment.`;
}

/**
 * Says which of a lane's runs the drawing shows, if there are several.
 * @param {SentReport} report   the report of the last run
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
 * Returns sentences that say why a report's figures are less reliable.
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
