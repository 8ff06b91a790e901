// A second build makes the same site, even if there are other files in the folders that it copies
// from. The test needs a site that `./build.sh build` has just made.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import vm from 'node:vm';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TARGET = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, 'target');
const DIST = path.join(ROOT, 'dist');

/** Returns the hash of each file of dist/, by its path. */
function site() {
  const files = readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  return Object.fromEntries(
    files
      .sort()
      .map((file) => [path.relative(DIST, file), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
}

/** Returns the list of files that the build writes into the first line of the service worker. */
function told() {
  const [line] = readFileSync(path.join(DIST, 'service-worker.js'), 'utf8').split('\n');
  return vm.runInNewContext(`const self = {}; ${line}; JSON.stringify(self.SITE)`);
}

test('a second build makes the same files, and the same list for the service worker', async (t) => {
  const [first, list] = [site(), told()];
  // A build leaves other files in the compiler's folders. They must not become part of the site.
  for (const folder of ['page', 'bound/page', 'wasm32-unknown-unknown/page']) {
    const stray = path.join(TARGET, folder, 'stray');
    mkdirSync(stray, { recursive: true });
    t.after(() => rmSync(stray, { recursive: true }));
    writeFileSync(path.join(stray, 'stray.js'), 'It belongs to no site.\n');
  }
  await promisify(execFile)(path.join(ROOT, 'build.sh'), ['build']);
  assert.deepEqual(site(), first);
  assert.equal(told(), list);
});

test('the service worker keeps what the lessons need, and nothing else', () => {
  const { folder, files } = JSON.parse(told());
  const needed = (/** @type {string} */ file) => !file.endsWith('.map') && !file.startsWith(`${folder}/wasm-guests/`);
  const there = Object.keys(site()).filter((file) => file.startsWith(`${folder}/`) && needed(file));
  assert.deepEqual([...files].sort(), ['lessons.html', ...there].sort());
});
