/**
 * The three lanes on one time axis. The sentence of the verdict on two neighbouring lanes is shown
 * between the two lanes. Once a frame, this module decides what the lanes share: the axis, the rows
 * and the row heights, the width of the names, and the cursor.
 *
 * @typedef {import('../common/frame.js').Frame} Frame
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {import('../common/lanes.js').RunSlot} RunSlot
 * @typedef {import('../course/lessons/lesson.js').Lesson} Lesson
 * @typedef {import('../common/messages.js').Live} Live
 * @typedef {import('../common/messages.js').Machine} Machine
 * @typedef {import('../common/messages.js').Program} Program
 * @typedef {import('../common/messages.js').SentReport} SentReport
 */
import { allProcessors, LANES, SLOT_NAMES, titleOf } from '../common/lanes.js';
import { SITE } from '../common/folder.js';
import { NO_PLACE, NONE, REASONS } from '../common/messages.js';
import { layoutOf } from '../timeline/layout/layout.js';
import { NO_PLAN } from '../timeline/layout/rows.js';
import { TimeScale } from '../timeline/layout/time-scale.js';
import { count, PROCESSOR_WORDS, time } from '../common/words.js';
import { Axis } from '../timeline/drawing/axis.js';
import { CodeLink } from './code-link.js';
import { Details } from './details.js';
import { make } from '../common/dom.js';
import { Explore } from './explore.js';
import { GroupLegend } from './group-legend.js';
import { listen } from './gestures.js';
import { LaneView } from './lane-view.js';
import { LiveWorkerLink } from './live-worker-link.js';
import { LossesPanel } from './losses-panel.js';
import { zoomPanel } from './zoom-panel.js';
import { ViewState } from '../timeline/layout/view-state.js';
import { placeOf } from '../timeline/index/lines.js';
import { Picking } from './picking.js';
import { ReplayPanel } from '../replay/panel.js';
import { SharedLayout } from './shared-layout.js';
import { readPalette } from './read-palette.js';
import { StepTexts } from './step-texts.js';

/** The titles of the boxes in the replay, by state. */
const REPLAYED = {
  running: 'Running',
  ready: 'Ready: waiting for a processor',
  blocked: 'Blocked: waiting for something',
};

const NEEDS_ISOLATION =
  'Processors have to share memory, and this page may not: it is not cross-origin isolated. Its host provides that by ' +
  'sending two headers with every file: “Cross-Origin-Opener-Policy: same-origin” and “Cross-Origin-Embedder-Policy: require-corp”. ' +
  'One processor works without them.';

export class Lanes {
  #frame;
  #root;
  #probe = make('span', { class: 'unseen', 'aria-hidden': 'true' });
  #axis = new Axis();
  #groupLegend = new GroupLegend();
  #liveWorker = new LiveWorkerLink();
  #details;
  #losses = new LossesPanel();
  #replay;
  #picking;
  #palette;
  /** @type {Record<Lane, LaneView>} */
  #views;
  #stepTexts = new StepTexts();
  #shared;
  /** @type {Lesson | null} */
  #lesson = null;
  /** @type {(reason: number) => string} */
  #wordOf = () => '';
  /** Which part of the runs the lanes show, and how. */
  viewState = new ViewState(() => this.#mark());
  /** The interface between the lanes and the shown code. */
  codeLink = new CodeLink();
  /** The tools beneath the lanes. */
  explore = new Explore();
  /** @type {{lane: Lane, ms: number, y: number} | null} the position that the reader points at */
  #cursor = null;
  #scale = new TimeScale(0, 1, 0, 1);
  /** The scene of each lane that was last drawn. */
  #scenes = /** @type {Partial<Record<Lane, import('../timeline/drawing/timeline-drawing.js').LaneScene>>} */ ({});
  #dirty = true;
  #processors = 1;
  /** How many processors the browser reports. */
  #all = 1;
  /** The shared values with which all lanes were last drawn. */
  #drawn = { plan: NO_PLAN, full: /** @type {Record<string, number>} */ ({}), rows: 0, mostTasks: 1 };

  /**
   * @param {HTMLElement} root
   * @param {Frame} frame
   * @param {(lane: Lane) => void} run   called when a lane's button is pressed
   */
  constructor(root, frame, run) {
    this.#root = root;
    this.#frame = frame;
    const lane = (/** @type {Lane} */ name) =>
      new LaneView(
        name,
        () => run(name),
        () => frame.mark(),
        this.#liveWorker,
        this.viewState,
      );
    this.#views = { sequential: lane('sequential'), concurrent: lane('concurrent'), parallel: lane('parallel') };
    this.#shared = new SharedLayout(Object.values(this.#views), this.viewState);
    root.replaceChildren(
      this.#groupLegend.element,
      this.#views.sequential.element,
      this.#stepTexts.elements.concurrent,
      this.#views.concurrent.element,
      this.#stepTexts.elements.parallel,
      this.#views.parallel.element,
      this.#axis.element,
      this.#probe,
    );
    this.#palette = readPalette(this.#probe);
    this.#picking = new Picking(this.viewState, (lane) => this.#views[lane]);
    this.#details = new Details(this.#picking, (line) => this.codeLink.excerpt(line));
    this.explore.add('Zoom', zoomPanel(this.viewState));
    this.#replay = new ReplayPanel(this.viewState);
    this.explore.add('Replay', this.#replay.content, (open) => this.#replay.toggle(open));
    this.explore.add('Where did the time go?', [this.#losses.element], (open) => this.#losses.toggle(open));
    root.append(this.#details.element, this.explore.element);
    frame.add(() => this.#paint());
    // Reading a width during painting would force a layout of the page.
    new ResizeObserver(([entry]) => {
      this.#shared.resize(entry?.contentRect.width ?? 0);
      this.#mark();
    }).observe(this.#views.concurrent.drawing);
    for (const name of LANES) this.#listen(name);
  }

  /** @param {Lane} lane */
  #listen(lane) {
    const { viewState } = this;
    const { drawing } = this.#views[lane];
    const ifShown = (/** @type {() => void} */ change) => {
      if (this.#views[lane].timeline) change();
    };
    listen(drawing, {
      scale: () => this.#scale,
      unit: () => this.#shared.unit,
      zoom: (ms, factor) => ifShown(() => viewState.zoom(ms, factor)),
      pan: (ms) => ifShown(() => viewState.pan(ms)),
      show: (from, to) => ifShown(() => viewState.showStretch(from, to)),
      point: (place) => this.#point(place && lane, place?.x ?? 0, place?.y ?? 0),
      pick: ({ x, y }) => this.#picking.at(lane, this.#scenes[lane]?.layout ?? null, this.#scale, x, y),
      approach: () => this.#picking.approach(),
      key: (key, shift) => {
        if (this.#picking.key(lane, key, shift, (this.#scale.startMs + this.#scale.endMs) / 2)) return true;
        if (key !== 'Enter' || !viewState.selection) return false;
        this.#details.element.focus();
        return true;
      },
    });
  }

  /** The colours of the current theme. */
  get palette() {
    return this.#palette;
  }

  /**
   * Selects the interval in which a task ran longest.
   * @param {Lane} lane
   * @param {string} name    the name of the task
   */
  markTask(lane, name) {
    this.#picking.task(lane, name);
  }

  /** Reads the colours of a changed theme. */
  recolour() {
    this.#palette = readPalette(this.#probe);
    this.#mark();
  }

  /**
   * Shows the lanes of another program, without runs.
   * @param {Pick<Program, 'structures'>} program
   * @param {Lesson} lesson
   * @param {Machine} machine
   */
  show(program, lesson, machine) {
    this.#lesson = lesson;
    this.viewState.closeAll();
    this.viewState.forget();
    this.viewState.openWith(lesson.arrows);
    this.#wordOf = (reason) => {
      const word = reason === NONE ? '' : (REASONS[reason] ?? '');
      return lesson.waits[word] ?? word;
    };
    this.#processors = this.#all = allProcessors(machine);
    this.#views.sequential.setUnavailable(program.structures.includes('sequential') ? '' : lesson.notSequential);
    this.#views.parallel.setUnavailable(machine.isolated ? '' : NEEDS_ISOLATION);
    for (const lane of LANES) {
      this.#views[lane].tellsChannels = lesson.channels;
      this.#clear(lane);
    }
    this.#forgetStep('concurrent');
    this.#forgetStep('parallel');
    this.#mark();
  }

  /**
   * Empties a lane.
   * @param {Lane} lane
   */
  #clear(lane) {
    const processors = lane === 'parallel' ? this.#processors : 1;
    this.#views[lane].clear(titleOf(lane, processors, this.#all), this.#subtitle(lane, processors));
  }

  /** Drops the runs of the lesson that the reader leaves. */
  leave() {
    this.viewState.forget();
    for (const lane of LANES) {
      this.#clear(lane);
      this.#views[lane].refresh();
    }
    this.#losses.show({ sequential: null, concurrent: null, parallel: null });
    this.#replay.show([], PROCESSOR_WORDS, REPLAYED);
  }

  /** @param {boolean} able */
  setRunnable(able) {
    for (const lane of LANES) this.#views[lane].setRunnable(able);
  }

  /** @param {number} processors   the number of processors of the next run in the parallel lane */
  plan(processors) {
    this.#processors = processors;
    if (!this.#views.parallel.timeline) this.#clear('parallel');
  }

  /**
   * @param {Lane} lane
   * @param {number} processors
   * @param {RunSlot[]} kept    slots whose runs are compared with this run; if the run is a repeat,
   *   `lane` is among them
   */
  begin(lane, processors, kept) {
    this.codeLink.site = SITE;
    for (const other of LANES) if (other !== lane && !kept.includes(other)) this.#clear(other);
    // The verdicts on repeated runs stay until the next repeat has new verdicts.
    if (!kept.includes(lane)) {
      if (lane !== 'parallel') this.#forgetStep('concurrent');
      if (lane !== 'sequential') this.#forgetStep('parallel');
    }
    this.#views[lane].begin(processors, titleOf(lane, processors, this.#all), this.#subtitle(lane, processors));
    this.viewState.forget();
  }

  /**
   * Resolves when all runs are sorted and shown. The next run then has the cores to itself.
   */
  async whenDrawn() {
    await Promise.all(LANES.map((lane) => this.#views[lane].sorted));
    await this.#frame.whenDrawn();
    await this.#liveWorker.whenDrawn();
  }

  /**
   * @param {Lane} lane
   * @param {Live} live
   * @param {number} nowMs
   */
  progress(lane, live, nowMs) {
    const view = this.#views[lane];
    view.progress(live, nowMs);
    // The worker draws the new events itself, unless the axis or the rows have changed.
    const { scale, plan, full } = this.#shared;
    if (!scale.equals(this.#scale) || plan !== this.#drawn.plan || full !== this.#drawn.full) view.mark();
  }

  /**
   * @param {Lane} lane
   * @param {SentReport} report
   * @param {import('../common/repeats.js').Times | null} times   the times of the lane's runs with
   *   the same values
   */
  finish(lane, report, times) {
    this.#views[lane].finish(report, times);
  }

  /**
   * Shows recorded runs in place of the current ones.
   * @param {import('../recording/format.js').Recording} recording
   */
  open({ recordedOn, site, findings, reports }) {
    this.codeLink.site = site;
    this.viewState.closeAll();
    this.viewState.forget();
    this.#forgetStep('concurrent');
    this.#forgetStep('parallel');
    const day = new Date(recordedOn).toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric' });
    for (const lane of LANES) {
      const report = reports[lane];
      const all = allProcessors({ browserCores: report?.browserCores ?? 1, isolated: true });
      const title = titleOf(lane, report?.processors ?? 1, all);
      if (report)
        this.#views[lane].open(report, title, `recorded on ${day}, ${count(report.processors, PROCESSOR_WORDS)}`);
      else this.#views[lane].clear(title, 'not in the file');
      this.showFindings(lane, findings[lane] ?? []);
    }
    this.#mark();
  }

  /** @returns {[Lane, SentReport][]} the reports of the runs that have ended, from top to bottom */
  get runs() {
    return LANES.flatMap((lane) => {
      const { report } = this.#views[lane];
      return report ? [/** @type {[Lane, SentReport]} */ ([lane, report])] : [];
    });
  }

  /** @returns {import('../recording/format.js').Recording} */
  get recording() {
    return {
      recordedOn: new Date().toISOString(),
      site: this.codeLink.site,
      findings: this.#stepTexts.findings,
      reports: Object.fromEntries(this.runs),
    };
  }

  /**
   * Returns all lanes as the reader sees them, for a drawing on another canvas.
   * @param {string} title
   * @returns {import('../recording/snapshot.js').Snapshot}
   */
  snapshot(title) {
    const scale = this.#scale;
    const lanes = LANES.flatMap((name) => {
      const scene = this.#scenes[name];
      const lane = this.#views[name];
      const { timeline, index } = lane;
      if (!scene || !timeline || !index) return [];
      return [
        {
          title: lane.caption,
          wall: time(index.report.wallMs),
          above: this.#stepTexts.findings[name]?.[0] ?? '',
          scene: {
            ...scene,
            scale,
            cursorMs: null,
            cursorY: null,
            replayMs: null,
            timeline,
            index,
            rows: lane.rowList,
          },
        },
      ];
    });
    return { title, lanes, scale, palette: this.#palette };
  }

  /**
   * @param {Lane} lane
   * @param {string} sentence
   */
  fail(lane, sentence) {
    this.#views[lane].fail(sentence);
  }

  /**
   * Shows the sentences of the verdict on two neighbouring lanes.
   * @param {Lane} below
   * @param {string[]} findings   the sentences
   */
  showFindings(below, findings) {
    this.#stepTexts.show(below, findings);
  }

  /** @param {Exclude<Lane, 'sequential'>} below */
  #forgetStep(below) {
    this.#stepTexts.forget(
      below,
      this.#lesson?.step[below] ?? '',
      below === 'concurrent' && this.#views.sequential.runButton.hidden === true,
    );
  }

  /**
   * Returns the line under a lane's title: the processors of the lane and what the processors do,
   * in the lesson's words.
   * @param {Lane} lane
   * @param {number} processors
   * @returns {string} "1 cook", "1 cook, dishes overlap", "requests overlap"
   */
  #subtitle(lane, processors) {
    if (!this.#lesson) return '';
    const { worker, subtitle } = this.#lesson;
    const workers = count(processors, worker);
    if (lane === 'sequential') return workers;
    return lane === 'concurrent' && worker[0] === 'processor' ? subtitle.concurrent : `${workers}, ${subtitle[lane]}`;
  }

  #mark() {
    this.#dirty = true;
    this.#frame.mark();
  }

  /**
   * @param {Lane | null} lane   the lane in whose drawing the reader points; null for none
   * @param {number} x
   * @param {number} y
   */
  #point(lane, x, y) {
    const was = this.#cursor;
    this.#cursor = lane !== null && x >= this.#scale.left ? { lane, ms: this.#scale.ms(x), y } : null;
    if (was || this.#cursor) this.#mark();
  }

  #paint() {
    const lanes = Object.values(this.#views);
    if (!this.#dirty && !lanes.some(({ dirty }) => dirty)) return;
    for (const lane of lanes) if (lane.dirty) lane.refresh();
    // If one lane has output, all lanes make room for output, because all lanes share one axis.
    this.#root.classList.toggle(
      'talking',
      lanes.some(({ timeline }) => timeline && timeline.output.length > 0),
    );
    if (this.#shared.width === 0) return; // not laid out yet; the observer will mark the lanes
    const { viewState } = this;
    const { density, unit, scale, plan, mostTasks } = this.#shared;
    const rows = this.#shared.rows(plan);
    const { full } = this.#shared; // after the call of `rows`: only groups that have rows count
    const drawn = this.#drawn;
    const all =
      this.#dirty ||
      !scale.equals(this.#scale) ||
      plan !== drawn.plan ||
      full !== drawn.full ||
      rows !== drawn.rows ||
      mostTasks !== drawn.mostTasks;
    this.#scale = scale;
    this.#drawn = { plan, full, rows, mostTasks };
    const worker = this.#lesson?.worker ?? PROCESSOR_WORDS;
    const noun = this.#lesson?.task ?? ['task', 'tasks'];
    const stretch = this.#picking.stretch;
    for (const lane of lanes) {
      if (!all && !lane.dirty) continue;
      lane.dirty = false;
      if (viewState.channels || viewState.arrows) lane.findTraffic();
      const processors = lane.timeline?.processors ?? 1;
      const layout = layoutOf({
        rows,
        groupRows: lane.rowList.groupRows,
        processors,
        narrow: this.#shared.narrow,
        eachProcessor: viewState.eachProcessor,
        by: lane.index ? viewState.by : 'task',
        levels: viewState.levels && lane.index !== null,
        channels: viewState.channels ? (lane.index?.traffic?.channels.length ?? 0) : 0,
      });
      const scene = (this.#scenes[lane.lane] = {
        layout,
        scale,
        palette: this.#palette,
        density,
        wordOf: this.#wordOf,
        mostTasks,
        full,
        cursorMs: this.#cursor?.ms ?? null,
        cursorY: this.#cursor?.lane === lane.lane ? this.#cursor.y : null,
        arrows: viewState.arrows,
        replayMs: viewState.replayMs,
        selected: viewState.selection?.lane === lane.lane ? viewState.selection.interval : -1,
        selectedGroup: stretch?.lane === lane.lane ? stretch : null,
        place: lane.report ? placeOf(lane.report, viewState.line) : NO_PLACE,
        stripName: count(processors, worker),
        noun,
        rowName: (/** @type {number} */ processor) => `${worker[0]} ${processor + 1}`,
      });
      lane.paint(scene, unit);
    }
    const empty = LANES.every((lane) => this.#views[lane].timeline === null);
    if (all) this.#axis.paint(scale, this.#palette, density, unit, empty, this.#cursor?.ms ?? viewState.replayMs);
    this.#groupLegend.show(
      LANES.flatMap((lane) => (this.#views[lane].timeline ? (this.#scenes[lane]?.layout ?? []) : [])),
      plan.left,
      worker,
    );
    this.explore.element.hidden = empty;
    const picked = this.#picking.picked(SLOT_NAMES);
    this.#details.show(picked, this.#wordOf, worker, noun, viewState.only !== null);
    this.#linkCode(picked);
    const { sequential, concurrent, parallel } = this.#views;
    this.#losses.show({ sequential: sequential.report, concurrent: concurrent.report, parallel: parallel.report });
    this.#replay.show(
      lanes.flatMap(({ lane, index }) => (index ? [{ title: SLOT_NAMES[lane], index }] : [])),
      worker,
      REPLAYED,
    );
    this.#dirty = false;
  }

  /**
   * Tells the shown code which runs there are, and which interval the reader points at. If the
   * reader points at no interval, the shown code gets the selected interval.
   * @param {import('./picking.js').Picked | null} picked
   */
  #linkCode(picked) {
    this.codeLink.setRuns(
      LANES.flatMap((lane) => {
        const { index } = this.#views[lane];
        return index ? [{ title: SLOT_NAMES[lane], index }] : [];
      }),
    );
    const pointed =
      this.#cursor &&
      this.#picking.intervalAt(this.#cursor.lane, this.#scenes[this.#cursor.lane]?.layout, this.#cursor);
    const { index, interval } = pointed ?? picked ?? { index: null, interval: -1 };
    this.codeLink.setInterval(index, interval);
  }
}
