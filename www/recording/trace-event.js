/**
 * Exports runs as Chrome's trace events and as CSV. Perfetto, speedscope and about:tracing load the
 * trace events. The trace events have a thread for each processor, a complete event for each turn
 * of a task, and counters for queues. Their times are in microseconds.
 *
 * The format: "Trace Event Format", docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 *
 * @typedef {import('../common/messages.js').SentReport} SentReport
 */
import { REASONS, STATES } from '../common/messages.js';
import { STEPS_PER_YIELD } from '../common/slices.js';
import { channelName } from '../timeline/words/wait.js';

const STEP_US = 1 / 256;

/**
 * Converts milliseconds to microseconds, rounded to 1/256. Viewers add a turn's start and duration,
 * and compare the sum with the start of the next turn. With multiples of 1/256, the sum is exact,
 * so no turn seems to overlap the turn before.
 * @param {number} ms
 */
const us = (ms) => Math.round((ms * 1000) / STEP_US) * STEP_US;

/**
 * @param {[string, SentReport][]} runs    each run becomes a process with the name of the lane
 * @returns {Generator<void, string[], void>} the file's parts
 */
export function* traceEvents(runs) {
  const parts = ['{"displayTimeUnit":"ms","otherData":{"from":"Many Hands"},"traceEvents":[\n'];
  let first = true;
  /** @param {string} event */
  const add = (event) => {
    parts.push(first ? event : `,\n${event}`);
    first = false;
  };
  for (const [i, [lane, report]] of runs.entries()) {
    const pid = i + 1;
    const named = (/** @type {string} */ what, /** @type {number} */ tid, /** @type {string} */ name) =>
      add(JSON.stringify({ ph: 'M', pid, tid, name: what, args: { name } }));
    named('process_name', 0, `${report.program}, ${lane}`);
    for (let p = 0; p < report.processors; p++) named('thread_name', p + 1, `processor ${p + 1}`);
    const names = report.tasks.name.map((name) => JSON.stringify(name || 'task'));
    const { states } = report;
    const left = new Float64Array(report.processors);
    for (const at of yield* byProcessorAndTime(report)) {
      // A browser's clock may not advance during a whole turn. Viewers could not tell the order of
      // such turns, so each exported turn takes at least STEP_US, until the clock has caught up.
      const [task, processor] = [states.task[at], states.processor[at]];
      const start = Math.max(us(states.startMs[at]), left[processor]);
      const end = (left[processor] = Math.max(us(states.endMs[at]), start + STEP_US));
      add(
        `{"ph":"X","pid":${pid},"tid":${processor + 1},"ts":${start},"dur":${end - start},"cat":"task","name":${names[task]},"args":{"task":${task}${stoppedAt(report, at)}}}`,
      );
      if (parts.length % 4096 === 0) yield;
    }
    const { channelEvents } = report;
    for (let e = 0; e < channelEvents.channel.length; e++) {
      add(
        `{"ph":"C","pid":${pid},"tid":0,"ts":${us(channelEvents.atMs[e])},"name":"${channelName(channelEvents.channel[e])}","args":{"queued":${channelEvents.length[e]}}}`,
      );
      if (parts.length % 4096 === 0) yield;
    }
  }
  parts.push('\n]}\n');
  return parts;
}

/**
 * Returns a further JSON argument with the line at which a turn ended. If the line is not known,
 * returns an empty text.
 * @param {SentReport} report
 * @param {number} row
 */
function stoppedAt({ places, states }, row) {
  const line = places[states.place[row]];
  return line ? `,"line":${JSON.stringify(`${line.file}:${line.line}`)}` : '';
}

/**
 * Returns the rows of running states, grouped by processor and sorted by time within each group.
 * @param {SentReport} report
 */
function* byProcessorAndTime({ states, processors }) {
  const turns = Array.from({ length: processors }, () => /** @type {number[]} */ ([]));
  for (let i = 0; i < states.task.length; i++) {
    if (states.processor[i] >= 0) turns[states.processor[i]].push(i);
    if (i % STEPS_PER_YIELD === 0) yield;
  }
  return turns.flatMap((own) => own.sort((a, b) => states.startMs[a] - states.startMs[b]));
}

/**
 * Returns the states of runs as a table for spreadsheets.
 * @param {[string, SentReport][]} runs
 * @returns {Generator<void, string[], void>}
 */
export function* csv(runs) {
  const parts = [
    'lane,task,name,state,reason,channel,processor,made ready by,line,from line,made ready at line,start ms,end ms\r\n',
  ];
  for (const [lane, { states, tasks, places }] of runs) {
    const lines = places.map(({ file, line }) => cell(`${file}:${line}`));
    const lineAt = (/** @type {number} */ place) => lines[place] ?? '';
    const quoted = tasks.name.map(cell);
    for (let i = 0; i < states.task.length; i++) {
      const task = states.task[i];
      const processor = states.processor[i] < 0 ? '' : states.processor[i] + 1;
      parts.push(
        `${lane},${task},${quoted[task]},${STATES[states.state[i]]},${REASONS[states.reason[i]] ?? ''},${maybe(
          states.channel[i],
        )},${processor},${maybe(states.by[i])},${lineAt(states.place[i])},${lineAt(states.fromPlace[i])},${lineAt(states.byPlace[i])},${states.startMs[i]},${states.endMs[i]}\r\n`,
      );
      if (i % 4096 === 0) yield;
    }
  }
  return parts;
}

/** @param {number} id   a negative id means "none" and gives an empty cell */
const maybe = (id) => (id < 0 ? '' : String(id));

/**
 * Quotes a text that contains a comma, a quote or a line break. A text that a spreadsheet would
 * take for a formula gets an apostrophe.
 * @param {string} text
 */
function cell(text) {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
