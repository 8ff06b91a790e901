/**
 * A comparison as plain text. It can be pasted where an image cannot.
 *
 * @typedef {import('../common/lanes.js').Reports} Reports
 * @typedef {import('../common/messages.js').Machine} Machine
 * @typedef {import('../common/messages.js').Program} Program
 */
import { valuesLine } from '../code/code-words.js';
import { SLOT_NAMES } from '../common/lanes.js';
import { count, level, PROCESSOR_WORDS, time } from '../common/words.js';

/**
 * @typedef {object} Result
 * @property {Program} program
 * @property {Machine} machine
 * @property {Reports} reports
 * @property {string[]} findings        the sentences of the verdicts on the lanes
 * @property {{question: string, answer: string, late: boolean, feedback: string} | null} prediction   `answer` is empty if none was given; `late` says that the result was already visible
 * @property {string} browser           the user agent string
 * @property {string} address
 */

/**
 * @param {Result} result
 * @returns {string}
 */
export function resultText({ program, machine, reports, findings, prediction, browser, address }) {
  const runs = /** @type {[keyof typeof SLOT_NAMES, import('../common/messages.js').SentReport][]} */ (
    Object.entries(reports)
  );
  const order = Object.keys(SLOT_NAMES);
  runs.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const rows = runs.map(([slot, { processors, wallMs, concurrency, parallelism }]) => [
    SLOT_NAMES[slot],
    count(processors, PROCESSOR_WORDS),
    time(wallMs),
    `concurrency ${level(concurrency.max)}, parallelism ${level(parallelism.max)}`,
  ]);
  const first = runs[0]?.[1];
  const own = runs.flatMap(([slot, report]) => report.findings.map((finding) => `${SLOT_NAMES[slot]}: ${finding}`));
  const blocks = [
    [
      `Many Hands – ${program.title}: ${program.lesson}`,
      ...(first ? [[valuesLine(program, first.params), `Seed ${first.seed}`].filter(Boolean).join(' · ')] : []),
    ],
    aligned(rows),
    [...findings, ...own],
    prediction ? [prediction.question, answered(prediction), prediction.feedback].filter(Boolean) : [],
    [
      `${count(machine.browserCores, ['logical processor', 'logical processors'])}, as reported by the browser; ${
        machine.isolated ? 'memory shared between workers' : 'no memory shared between workers'
      }${first ? `; clock step ${first.clockStepMs} ms` : ''}`,
      browser,
      address,
    ],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** @param {{answer: string, late: boolean}} prediction */
const answered = ({ answer, late }) =>
  !answer ? 'No prediction was made.' : late ? `Answered after the run: ${answer}.` : `Predicted: ${answer}.`;

/** @param {string[][]} rows */
function aligned(rows) {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 2 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('   ')
      .trimEnd(),
  );
}
