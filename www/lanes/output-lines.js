/**
 * Turns the chunks of a run's output into lines for a reader. A line is a text of one task in one
 * stream. So if two tasks write parts of the same line, the parts are lines of their own here.
 *
 * @typedef {import('../common/messages.js').OutputChunk} OutputChunk
 *
 * @typedef {object} Line
 * @property {number} atMs         when the line began
 * @property {number | null} task  null: several tasks wrote the chunk
 * @property {1 | 2} stream
 * @property {string} text         without the line break
 * @property {boolean} ended       whether the line break has come
 */

/**
 * The maximum number of lines that are shown. No reader reads more lines, and more would slow down
 * the page.
 */
export const MOST_LINES = 200;

/** The maximum number of characters of a line that are shown. */
const MOST_CHARACTERS = 2_000;

export class OutputLines {
  /** @type {Line[]} the first lines */
  shown = [];
  /** The number of all lines. */
  count = 0;
  /** Whether a line in `shown` has lost its end, because the line is too long. */
  cut = false;
  /** @type {Record<number, Line | undefined>} the last line of each stream */
  #last = {};

  /** @param {OutputChunk} chunk */
  add({ atMs, task, stream, text }) {
    let from = 0;
    while (from < text.length) {
      let end = text.indexOf('\n', from);
      const ended = end >= 0;
      if (!ended) end = text.length;
      this.#continue(stream, task, atMs).ended = ended;
      this.#append(stream, text.slice(from, Math.min(end, from + MOST_CHARACTERS + 1)));
      from = end + 1;
    }
  }

  /**
   * Returns the line that a task's text continues or begins.
   * @param {1 | 2} stream
   * @param {number | null} task
   * @param {number} atMs
   */
  #continue(stream, task, atMs) {
    const last = this.#last[stream];
    if (last && !last.ended && last.task === task) return last;
    const line = { atMs, task, stream, text: '', ended: false };
    this.#last[stream] = line;
    this.count++;
    if (this.shown.length < MOST_LINES) this.shown.push(line);
    return line;
  }

  /**
   * @param {1 | 2} stream
   * @param {string} text
   */
  #append(stream, text) {
    const line = /** @type {Line} */ (this.#last[stream]);
    const room = MOST_CHARACTERS - line.text.length;
    line.text += text.slice(0, room);
    if (text.length > room && this.shown.includes(line)) this.cut = true;
  }
}
