/**
 * The marks of the states. A running interval is filled, with the colour and the number of the
 * processor. A ready interval is hollow. A blocked interval is a thin line.
 *
 * @typedef {import('../layout/layout.js').Layout} Layout
 * @typedef {import('./palette.js').Palette} Palette
 * @typedef {CanvasRenderingContext2D} Ink
 */
import { STATES } from '../../common/messages.js';
import { waitOf } from '../words/wait.js';

const RUNNING = STATES.indexOf('running');
const READY = STATES.indexOf('ready');

/** The least width of an interval with its own mark. Narrower intervals are drawn as shares. */
export const WIDE = 4;

/** The least width of a mark that shows its number. */
const ROOM_FOR_NUMBER = 15;

/** The least width for a word. No word fits into a narrower mark, so its text is not measured. */
const ROOM_FOR_WORD = 40;

/**
 * @param {Palette} palette
 * @param {number} processor
 */
function hue(palette, processor) {
  const found = palette.processors[processor % palette.processors.length];
  if (!found) throw new RangeError('a palette without hues');
  return found;
}

/**
 * @param {Ink} ink
 * @param {Palette} palette
 * @param {Layout} layout
 * @param {number} top
 * @param {number} from
 * @param {number} to
 * @param {number} processor
 * @param {boolean} [numbered]
 */
export function runningMark(ink, palette, layout, top, from, to, processor, numbered = true) {
  const { fill, ink: text } = hue(palette, processor);
  const width = Math.max(to - from, 1);
  ink.fillStyle = fill;
  if (width < 8) ink.fillRect(from, top, width, layout.rowHeight);
  else {
    ink.beginPath();
    ink.roundRect(from, top, width, layout.rowHeight, 2);
    ink.fill();
  }
  if (!numbered || width < ROOM_FOR_NUMBER || layout.rowHeight < 9) return;
  ink.fillStyle = text;
  ink.font = `600 ${Math.min(11, layout.rowHeight - 1)}px ${palette.font}`;
  ink.textAlign = 'center';
  ink.textBaseline = 'middle';
  // The number is at the start of the mark, so it does not move while the mark grows.
  ink.fillText(String(processor + 1), from + ROOM_FOR_NUMBER / 2, top + layout.rowHeight / 2 + 0.5);
}

/**
 * Draws a task's name in a processor's row, if there is room.
 * @param {Ink} ink
 * @param {Palette} palette
 * @param {Layout} layout
 * @param {number} top
 * @param {number} from
 * @param {number} to
 * @param {number} processor
 * @param {string} name
 */
export function nameMark(ink, palette, layout, top, from, to, processor, name) {
  if (to - from < ROOM_FOR_WORD || layout.rowHeight < 9) return;
  ink.font = `600 ${Math.min(11, layout.rowHeight - 1)}px ${palette.font}`;
  if (ink.measureText(name).width > to - from - 10) return;
  ink.fillStyle = hue(palette, processor).ink;
  ink.textAlign = 'left';
  ink.textBaseline = 'middle';
  ink.fillText(name, from + 5, top + layout.rowHeight / 2 + 0.5);
}

/**
 * @param {Ink} ink
 * @param {Palette} palette
 * @param {Layout} layout
 * @param {number} top
 * @param {number} from
 * @param {number} to
 */
export function readyMark(ink, palette, layout, top, from, to) {
  const width = to - from;
  ink.strokeStyle = palette.ready;
  ink.lineWidth = 1;
  if (width < 3) {
    ink.strokeRect(from + 0.5, top + 1.5, 0, layout.rowHeight - 3);
    return;
  }
  ink.beginPath();
  ink.roundRect(from + 0.5, top + 1.5, width - 1, layout.rowHeight - 3, 1.5);
  ink.stroke();
}

/**
 * @param {Ink} ink
 * @param {Palette} palette
 * @param {Layout} layout
 * @param {number} top
 * @param {number} from
 * @param {number} to
 * @param {string} word   what the task waits for, drawn if there is room
 * @param {string} [more]  `word` with the channel, drawn instead of `word` if there is room
 */
export function blockedMark(ink, palette, layout, top, from, to, word, more = word) {
  const middle = top + layout.rowHeight / 2;
  ink.fillStyle = palette.blocked;
  ink.fillRect(from, middle - 0.75, Math.max(to - from, 0), 1.5);
  if (to - from < ROOM_FOR_WORD || layout.rowHeight < 11) return;
  ink.font = `10.5px ${palette.font}`;
  const text = [more, word].find((words) => ink.measureText(words).width + 24 <= to - from);
  if (!text) return;
  const { width } = ink.measureText(text);
  ink.fillStyle = palette.surface;
  ink.fillRect(from + 9, top, width + 6, layout.rowHeight);
  ink.fillStyle = palette.inkSoft;
  ink.textAlign = 'left';
  ink.textBaseline = 'middle';
  ink.fillText(text, from + 12, middle + 0.5);
}

/**
 * Draws an interval in a task's row.
 * @param {Ink} ink
 * @param {{palette: Palette, layout: Layout, wordOf: (reason: number) => string}} view
 * @param {number} top
 * @param {number} from
 * @param {number} to
 * @param {Pick<import('../../common/messages.js').OpenStates, 'state' | 'processor' | 'reason' | 'channel'>} states
 * @param {number} i   index of the interval in the columns
 */
export function stateMark(ink, { palette, layout, wordOf }, top, from, to, { state, processor, reason, channel }, i) {
  if (state[i] === RUNNING) runningMark(ink, palette, layout, top, from, to, Math.max(processor[i], 0));
  else if (state[i] === READY) readyMark(ink, palette, layout, top, from, to);
  else {
    const word = wordOf(reason[i]);
    blockedMark(ink, palette, layout, top, from, to, word, waitOf(word, reason[i], channel[i]));
  }
}

/**
 * Draws an interval in which a processor was inside a task, in the strip beneath the rows.
 * @param {Ink} ink
 * @param {Palette} palette
 * @param {Layout} layout
 * @param {number} processor
 * @param {number} from
 * @param {number} to
 */
export function stripMark(ink, palette, layout, processor, from, to) {
  ink.fillStyle = hue(palette, processor).fill;
  ink.fillRect(from, layout.stripTop + processor * layout.stripPitch, Math.max(to - from, 1), layout.stripPitch - 1);
}
