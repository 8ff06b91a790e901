/**
 * What is known about one run.
 *
 * @typedef {import('../../common/messages.js').Live} Live
 * @typedef {import('../../common/messages.js').OpenStates} OpenStates
 * @typedef {import('../../common/messages.js').OutputChunk} OutputChunk
 * @typedef {import('../../common/messages.js').SentReport} SentReport
 * @typedef {import('../../common/messages.js').States} States
 */
import { Groups } from './groups.js';

export class Timeline {
  /** @type {string[]} by task id */
  names = [];
  /** The tasks, in groups. */
  groups = new Groups();
  /** @type {OpenStates | null} */
  open = null;
  /** @type {OutputChunk[]} */
  output = [];
  /** The number of bytes that each stream did not keep; 0 while the run goes on. */
  droppedBytes = { stdout: 0, stderr: 0 };
  /** The time of the last drain. Nothing later is drawn. */
  nowMs = 0;
  /** @type {number | null} null while the run goes on */
  wallMs = null;

  /** @param {number} processors   number of processors that take part */
  constructor(processors) {
    this.processors = processors;
  }

  /**
   * @param {Live} live
   * @param {number} nowMs
   */
  add(live, nowMs) {
    live.tasks.id.forEach((id, i) => {
      // A task with a smaller id may be added later. Until then, the row of that task has no name.
      while (this.names.length < id) this.names.push('');
      this.names[id] = live.tasks.name[i] ?? '';
    });
    this.groups.add(live.tasks);
    for (const chunk of live.output) this.output.push(chunk);
    this.open = live.open;
    this.nowMs = Math.max(this.nowMs, nowMs);
  }

  /**
   * Makes the timeline of a run that has ended.
   * @param {SentReport} report
   */
  static of(report) {
    const timeline = new Timeline(report.processors);
    timeline.names = report.tasks.name;
    timeline.groups.add(report.tasks);
    timeline.output = report.output;
    timeline.droppedBytes = report.droppedBytes;
    timeline.nowMs = timeline.wallMs = report.wallMs;
    return timeline;
  }
}

/**
 * What is known about a run that goes on, with the unchanged columns of each drain. The layer that
 * draws these columns remembers how far it has read, and draws only new intervals.
 */
export class LiveTimeline extends Timeline {
  /** @type {States[]} */
  states = [];

  /**
   * @override
   * @param {Live} live
   * @param {number} nowMs
   */
  add(live, nowMs) {
    super.add(live, nowMs);
    if (live.states.task.length > 0) this.states.push(live.states);
  }
}
