/**
 * Links the lines of the shown code with the intervals in the lanes. When the reader points at an
 * interval, its lines are marked. When the reader points at a line, every lane marks what happened
 * at that line.
 *
 * The page shows the code that ran, because both come from the same build. A recording from another
 * version of the page may belong to different code, so its lines are not linked.
 */
import { excerpt } from '../code/excerpt.js';
import { SITE } from '../common/folder.js';
import { sumsWords } from '../timeline/words/line-words.js';

/** @param {Pick<import('./app.js').App, 'state' | 'lanes' | 'course'>} app */
export function linkCode({ state, lanes, course: { code } }) {
  /**
   * Returns the number of a line in the shown file. Returns null if the line is in another file or
   * from another version of the page.
   * @param {import('../common/messages.js').SourceLine | null} line
   */
  const shownLine = (line) =>
    line !== null && line.file === state.program?.file && lanes.codeLink.site === SITE ? line.line : null;
  code.lines.onPoint = (line) => {
    const file = state.program?.file ?? '';
    lanes.viewState.set({ line: line === null ? null : { file, line } });
  };
  lanes.codeLink.onInterval = ({ at, from }) => {
    code.lines.mark({ at: shownLine(at), from: shownLine(from) });
  };
  lanes.codeLink.onRuns = (runs) => {
    /** @type {Map<number, string>} */
    const linked = new Map();
    for (const { title, index } of runs) {
      index.lines.forEach((sums, place) => {
        const line = shownLine(index.report.places[place]);
        const words = sumsWords(sums);
        if (line === null || !words) return;
        const before = linked.get(line);
        linked.set(line, `${before ? `${before}\n` : ''}${title}: ${words}.`);
      });
    }
    code.lines.setLinked(linked);
  };
  lanes.codeLink.excerpt = async (line) =>
    shownLine(line) !== null && state.program ? excerpt(state.program.id, line.line) : null;
}
