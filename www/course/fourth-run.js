/**
 * The run that has no lane: one task after another, with several processors. The drawing is small.
 * It has a row for each processor, to show that only one processor works at a time.
 *
 * @typedef {import('../common/messages.js').SentReport} SentReport
 */
import { spansOf } from '../common/report.js';
import { count, PROCESSOR_WORDS, time } from '../common/words.js';
import { make, svg } from '../common/dom.js';

/**
 * The maximum number of rows. Each row is a processor. If there are more processors, a sentence
 * says so.
 */
const MOST_ROWS = 8;

/** The share of a run's time below which an overlap is not mentioned. */
const NEXT_TO_NOTHING = 0.01;

/** Lengths in units of the drawing. The drawing is scaled to the width of the page. */
const WIDTH = 1000;
const PITCH = 20;
const BAR = 14;

/**
 * @param {SentReport} report
 * @param {number} longestMs   the time of the longest compared run, which sets the scale
 */
export function fourthRun(report, longestMs) {
  const { processors, wallMs } = report;
  const spans = spansOf(report.states);
  const rows = Math.min(processors, MOST_ROWS);
  const drawing = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${rows * PITCH}`,
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  });
  for (let row = 0; row < rows; row++) {
    drawing.append(bar('row', row, 0, (wallMs * WIDTH) / longestMs));
  }
  spans.processor.forEach((processor, i) => {
    if (processor >= rows) return;
    const [start, end] = [spans.startMs[i], spans.endMs[i]];
    drawing.append(
      bar(`hue-${processor + 1}`, processor, (start * WIDTH) / longestMs, ((end - start) * WIDTH) / longestMs),
    );
  });
  return make(
    'figure',
    { class: 'fourth-run' },
    make(
      'figcaption',
      {},
      make('strong', {}, `One after another on ${count(processors, PROCESSOR_WORDS)}: ${time(wallMs)}`),
      ` This run has no lane above. ${said(report)}${processors > rows ? ` The first ${rows} processors have a row here.` : ''}`,
    ),
    drawing,
  );
}

/** @param {SentReport} report */
function said({ processors, wallMs, eventsDropped, severalMs = 0 }) {
  if (processors < 2) return 'There is only one processor.';
  if (eventsDropped > 0)
    return 'Each row is a processor. There was no room for all events, so some of its work is missing.';
  // The next task may begin on another processor shortly before the previous task has ended.
  if (severalMs < NEXT_TO_NOTHING * wallMs)
    return 'Each row is a processor. Only one of them worked at a time, so the others could not help.';
  return `Each row is a processor. Several of them were at work at the same moment for ${time(severalMs)}.`;
}

/**
 * @param {string} kind
 * @param {number} row
 * @param {number} x
 * @param {number} width
 */
const bar = (kind, row, x, width) =>
  svg('rect', {
    class: kind,
    x,
    y: row * PITCH + (PITCH - BAR) / 2,
    width: Math.max(width, 1),
    height: BAR,
  });
