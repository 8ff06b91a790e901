/**
 * The address names the state: `#/kitchen?dishes=4&processors=2`. A list repeats
 * its key. Everything is text here; what it means is for the form to read. Two
 * keys are the page's own: `view`, how all of it is shown, and `recorded`, runs
 * that somebody recorded.
 *
 * @typedef {object} Place
 * @property {string} program                      empty: none is named
 * @property {Map<string, string[]>} given         what the address says, by key
 * @property {string} view                         "projector", or empty
 * @property {string} [recorded]                   as recording/link.js writes it
 */

const VIEW = 'view';
const RECORDED = 'recorded';
const VIEWS = ['projector'];

/**
 * @param {string} hash   `location.hash`
 * @returns {Place}
 */
export function placeOf(hash) {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  /** @type {Map<string, string[]>} */
  const given = new Map();
  let [view, recorded] = ['', ''];
  for (const [key, text] of new URLSearchParams(query)) {
    const texts = given.get(key);
    // A view that there isn't stays among the values, to be refused like any other word that is not known.
    if (key === VIEW && VIEWS.includes(text)) view = text;
    else if (key === RECORDED) recorded = text;
    else if (texts) texts.push(text);
    else given.set(key, [text]);
  }
  return { program: decoded(path), given, view, recorded };
}

/**
 * @param {Place} place
 * @returns {string} the hash, with its `#`
 */
export function hashOf({ program, given, view, recorded = '' }) {
  const query = new URLSearchParams();
  for (const [key, texts] of given) for (const text of texts) query.append(key, text);
  if (view) query.append(VIEW, view);
  if (recorded) query.append(RECORDED, recorded);
  const tail = query.toString();
  return `#/${encodeURIComponent(program)}${tail ? `?${tail}` : ''}`;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % was typed into the address: it is what it is
  }
}
