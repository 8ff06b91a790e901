/**
 * The places of the page, and what each event does to the browser's history. This module uses
 * neither the document nor the browser.
 *
 * A place is a lesson with the values of its form, and with recorded runs if the URL holds some.
 * The page "When to use which" is a place, too. The history has one entry for each place that was
 * visited. A changed value does not make another place.
 *
 *     event                                  the place then                     its entry in the history
 *     -----------------------------------    -------------------------------    ------------------------
 *     a URL opens: the page loads, a link    what the URL says; a name that     made by the browser;
 *     is followed, Back, Forward             no lesson has is corrected         replaced if corrected
 *     the workers become ready               the same                           unchanged
 *     a value changes, by the reader or      the same lesson and recorded       replaced
 *     by a suggestion                        runs, with the new values
 *     the view changes (projector)           the same, in the new view          replaced
 *     a link with the runs is asked for      the same, with these runs          replaced
 *     a link with recorded runs opens        the lesson of the runs, with the   replaced
 *                                            values of the URL, or else of
 *                                            the runs
 *     a recording opens from a file          the lesson and the values of the   a new one
 *                                            runs
 *     a run begins in lanes that show        the same without recorded runs     a new one, so that Back
 *     recorded runs of the URL                                                  shows the recorded runs
 *     a run begins in other lanes            the same                           unchanged
 *     a script runs this lesson's program    the same lesson with the values    replaced
 *                                            of the script
 *     a script runs another program, or in   the lesson of that program with    a new one
 *     lanes that show recorded runs of the   the values of the script
 *     URL
 *
 * The lanes follow the place. Another lesson empties them, a place with recorded runs fills them,
 * and leaving recorded runs empties them. Other values leave the lanes as they are; differences.js
 * then says how the form and the lanes differ. If the recorded runs in a URL cannot be read, the
 * URL stays until the place changes, so that the reader can correct it.
 *
 * @typedef {import('./address.js').Place} Place
 * @typedef {import('../common/messages.js').Program} Program
 */
import { placeOf } from './address.js';

/** The name of the page after the last lesson, as URLs contain it. */
export const WHEN = 'when';
export const WHEN_TITLE = 'When to use which';

/** The least length of a name that is corrected. Shorter words are nearly all close to another. */
const SHORTEST_TO_CORRECT = 3;

/**
 * How a changed place enters the history: not at all, in the current entry, or in a new entry.
 * @typedef {'none' | 'replace' | 'push'} Entry
 */

/**
 * @typedef {{type: 'values', values: Place['values']}
 *   | {type: 'view', view: string}
 *   | {type: 'link', values: Place['values'], recorded: string}
 *   | {type: 'recording', program: string, values: Place['values'], fromFile: boolean}
 *   | {type: 'run'}
 *   | {type: 'script', program: string, values: Place['values']}} Event
 */

/**
 * Returns the place that a URL names.
 * @param {string} hash   `location.hash`
 * @param {Pick<Program, 'id' | 'title'>[]} programs   with lessons; the first is the default
 * @returns {{place: Place, entry: Entry, notice: string}} `notice` says what was corrected
 */
export function placeAt(hash, programs) {
  const asked = placeOf(hash);
  const known = [...programs, { id: WHEN, title: WHEN_TITLE }];
  const exact = known.find(({ id }) => id === asked.program);
  if (exact && hash.startsWith('#/')) return { place: asked, entry: 'none', notice: '' };
  const [first] = known;
  if (!first) throw new Error('there is no lesson');
  if (asked.program === '') return { place: { ...asked, program: first.id }, entry: 'none', notice: '' };
  const meant = exact ?? nearest(asked.program, known);
  const { id, title } = meant ?? first;
  return {
    place: { ...asked, program: id },
    entry: 'replace',
    notice: `No lesson has the address “${cut(hash)}”. The ${meant ? 'nearest' : 'first'} one is open: ${title}.`,
  };
}

/**
 * @param {Place} place
 * @param {Event} event
 * @returns {{place: Place, entry: Entry}} the place after the event
 */
export function after(place, event) {
  switch (event.type) {
    case 'values':
      return { place: { ...place, values: event.values }, entry: 'replace' };
    case 'view':
      return { place: { ...place, view: event.view }, entry: 'replace' };
    case 'link':
      return { place: { ...place, values: event.values, recorded: event.recorded }, entry: 'replace' };
    case 'recording': {
      const { program, values, fromFile } = event;
      return {
        place: { ...place, program, values, recorded: fromFile ? '' : place.recorded },
        entry: fromFile ? 'push' : 'replace',
      };
    }
    case 'run':
      return place.recorded ? { place: { ...place, recorded: '' }, entry: 'push' } : { place, entry: 'none' };
    case 'script': {
      const { program, values } = event;
      const stays = program === place.program && !place.recorded;
      return { place: { ...place, program, values, recorded: '' }, entry: stays ? 'replace' : 'push' };
    }
  }
}

/**
 * @param {string} asked
 * @param {{id: string, title: string}[]} known
 */
function nearest(asked, known) {
  const bare = lettersOf(asked);
  const most = bare.length < SHORTEST_TO_CORRECT ? 0 : bare.length < 5 ? 1 : 2;
  const near = known
    .map((lesson) => ({
      lesson,
      away: Math.min(...[lesson.id, lesson.title].map((name) => distance(bare, lettersOf(name)))),
    }))
    .filter(({ away }) => away <= most)
    .sort((a, b) => a.away - b.away);
  return near[0]?.lesson;
}

/** @param {string} name */
const lettersOf = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * Returns how many letters must be inserted, removed or replaced to turn one word into the other
 * (the Levenshtein distance).
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
  }
  return row[b.length] ?? 0;
}

/** @param {string} hash   the hash as it was typed; only its path is shown, cut to 40 characters */
function cut(hash) {
  const [path = ''] = hash.split('?');
  return path.length > 40 ? `${path.slice(0, 40)}…` : path;
}
