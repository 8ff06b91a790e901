// The list of the site's files. A file that is not listed is refused.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from '../../scripts/site-files.js';

const FOLDER = 'www-0123456789ab';

/** Returns the files of a complete site, which are the files that an empty site lacks. */
const complete = () =>
  differences([], FOLDER).map((sentence) => sentence.replace(/ is missing\.$/, '').replaceAll('*', '0a1b'));

test('a complete site differs in nothing', () => {
  assert.ok(complete().length > 40);
  assert.deepEqual(differences(complete(), FOLDER), []);
});

test('what the compiler leaves behind is refused', () => {
  for (const file of [
    'wasm/deps/libsyn.rmeta',
    'wasm/.cargo-lock',
    'wasm/manyhands.d.ts',
    'mainxjs',
    'code/notes.txt',
  ]) {
    const stray = `${FOLDER}/${file}`;
    assert.deepEqual(differences([...complete(), stray], FOLDER), [`${stray} is not listed in site-files.js.`]);
  }
  assert.deepEqual(differences([...complete(), 'notes.html'], FOLDER), ['notes.html is not listed in site-files.js.']);
});

test('a file that is not there, or there twice, is named', () => {
  const lacking = complete().filter((file) => !file.endsWith('/main.js'));
  assert.deepEqual(differences(lacking, FOLDER), [`${FOLDER}/main.js is missing.`]);
  const again = complete().find((file) => file.endsWith('/watch.js'));
  const [sentence] = differences([...complete(), again.replace('0a1b', 'ffff')], FOLDER);
  assert.match(sentence, /watch\.js stands for 2 files\.$/);
});
