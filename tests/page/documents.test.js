// All files that README.md, ARCHITECTURE.md and the other documents name or link to exist.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'tests/peers/README.md', 'tests/measure/README.md'];

/** The folders that a document may leave out at the start of a path. */
const BASES = ['', 'www', 'crate', 'crate/src', 'crate/runtime/src', 'tests'];

/** Matches names that are not in the repository: packages, and files of builds or of the site. */
const MADE = /^@|^(dist|target|tools|node_modules|wasm|net)(\/|$)|^_headers$|^www-/;

/** Matches names that look like a path to a file or folder: `a/b.js`, `a/b/`, `www/`. */
const PATH = /^[\w.@-]+(\/[\w.@*-]+)*\/?$/;

/** Returns whether a name is a path: it has a slash or a known extension. @param {string} name */
const isPath = (name) =>
  PATH.test(name) && (name.includes('/') || /\.(js|rs|md|sh|go|json|toml|html|css|wat)$/.test(name));

/**
 * Returns the paths of files and folders in a text's code spans and links.
 * @param {string} text
 */
function named(text) {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name);
  const links = [...text.matchAll(/\]\(([^)#\s]+)\)/g)]
    .map(([, name]) => name)
    .filter((name) => !/^[a-z]+:/.test(name));
  return [...spans.filter(isPath), ...links].filter((name) => !MADE.test(name));
}

const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
const names = new Set(tracked.map((file) => path.basename(file)));

/**
 * Returns the paths in a document for which there is no file or folder.
 * @param {string} document   its path
 * @param {string} text
 */
function missing(document, text) {
  const bases = [...BASES, path.dirname(document)];
  return named(text).filter((name) => {
    const literal = name.replace(/\/$/, '');
    if (bases.some((base) => existsSync(path.join(ROOT, base, literal)))) return false;
    // A document may name a file without its folder.
    return literal.includes('/') || !names.has(literal);
  });
}

for (const document of DOCUMENTS) {
  test(`${document} names only files that are there`, () => {
    assert.deepEqual(missing(document, readFileSync(path.join(ROOT, document), 'utf8')), []);
  });
}

test('a file that is not there is found', () => {
  const text = 'See `www/timeline/nothing.js`, [this](docs/nothing.md), `www/main.js` and `README.md`.';
  assert.deepEqual(missing('README.md', text), ['www/timeline/nothing.js', 'docs/nothing.md']);
});
