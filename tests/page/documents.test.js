// README.md and ARCHITECTURE.md name files and link to them: each is there.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'tests/peers/README.md', 'tests/measure/README.md'];

/** Folders within which a document may name a file without their own names. */
const BASES = ['', 'www', 'crate', 'crate/src', 'crate/runtime/src', 'tests'];

/** Packages, and paths that a build or a test makes, or that lie in the site. */
const MADE = /^@|^(dist|target|tools|node_modules|wasm|net)(\/|$)|^_headers$|^www-/;

/** What looks like a path to a file or folder: `a/b.js`, `a/b/`, `www/`. */
const PATH = /^[\w.@-]+(\/[\w.@*-]+)*\/?$/;

/** Whether a name means a path: it has a slash, or the end of a file's name. @param {string} name */
const isPath = (name) =>
  PATH.test(name) && (name.includes('/') || /\.(js|rs|md|sh|go|json|toml|html|css|wat)$/.test(name));

/**
 * The names of files and folders that a text names in code spans and links.
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
 * The names in a document that no file or folder has.
 * @param {string} document   its path
 * @param {string} text
 */
function missing(document, text) {
  const bases = [...BASES, path.dirname(document)];
  return named(text).filter((name) => {
    const literal = name.replace(/\/$/, '');
    if (bases.some((base) => existsSync(path.join(ROOT, base, literal)))) return false;
    // A file's bare name will do where only one folder can be meant by it.
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
