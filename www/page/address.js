/**
 * The hash of the URL, which holds the state of the page: `#/kitchen?dishes=4&processors=2`. A list
 * has one `key=value` for each element. All values are text, which the form parses. Two keys belong
 * to the page: `view` says how the page is shown, and `recorded` holds recorded runs.
 *
 * @typedef {object} Place
 * @property {string} program                      empty if the URL names none
 * @property {Map<string, string[]>} values        the values of all other keys of the URL
 * @property {string} view                         "projector", or empty
 * @property {string} [recorded]                   the text that recording/link.js makes
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
  const values = new Map();
  let [view, recorded] = ['', ''];
  for (const [key, text] of new URLSearchParams(query)) {
    const texts = values.get(key);
    // An unknown view goes into `values`, so it is refused like any other unknown key.
    if (key === VIEW && VIEWS.includes(text)) view = text;
    else if (key === RECORDED) recorded = text;
    else if (texts) texts.push(text);
    else values.set(key, [text]);
  }
  return { program: decoded(path), values, view, recorded };
}

/**
 * @param {Place} place
 * @returns {string} the hash, with its `#`
 */
export function hashOf({ program, values, view, recorded = '' }) {
  const query = new URLSearchParams();
  for (const [key, texts] of values) for (const text of texts) query.append(key, text);
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
    return text; // the reader typed a stray %: the text stays as it is
  }
}
