// The folders of www/ import each other in one direction only, and no imports form a circle.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const ROOT = new URL('../../www/', import.meta.url).pathname;

/**
 * The folders of www/, each with its content. A file may import from its own folder and from the
 * folders before it in this list. Types in comments count as imports, too.
 */
const LAYERS = {
  common: 'messages, lanes, words, and what every part uses',
  timeline: 'a run’s index, its layout and its drawing',
  form: 'fields, and the values that are typed into them',
  code: 'the lesson’s code',
  images: 'images that programs take and make',
  replay: 'a run once more, task by task',
  recording: 'runs as files and links',
  scaling: 'one program on several numbers of processors',
  course: 'the lessons, their questions and their tables',
  lanes: 'the three lanes and their tools',
  run: 'what a press starts, and the line to the host',
  page: 'addresses, navigation, themes',
};

/** Files outside the layers: the page's entry point, and scripts that import no other module. */
const APART = ['main.js', 'check.js', 'service-worker.js'];

/** Lists every module with its imports: `values` are imports in code, `types` are in comments. */
function modules(root = ROOT, read = (file) => readFileSync(path.join(root, file), 'utf8')) {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .sort()
    .map((file) => {
      const text = read(file);
      const named = (pattern) => [...text.matchAll(pattern)].map(([, name]) => path.join(path.dirname(file), name));
      return {
        file,
        values: named(/^(?:import|export)\b[^;]*?from '(\.[^']+)'/gm),
        types: named(/import\('(\.[^']+)'\)/g),
      };
    });
}

const folderOf = (file) => file.split('/')[0];

/** Lists the imports from later folders, one a line. @param {ReturnType<typeof modules>} all */
function upward(all) {
  const order = Object.keys(LAYERS);
  return all
    .filter(({ file }) => !APART.includes(file) && folderOf(file) !== 'host')
    .flatMap(({ file, values, types }) =>
      [...values, ...types]
        .filter(
          (other) =>
            !(order.indexOf(folderOf(other)) <= order.indexOf(folderOf(file)) && order.includes(folderOf(other))),
        )
        .map((other) => `${file} imports ${other}`),
    );
}

/**
 * Returns the first circle of imports as a list of files, or an empty list if there is none.
 * @param {ReturnType<typeof modules>} all
 */
function circle(all) {
  const imports = new Map(all.map(({ file, values }) => [file, values]));
  const done = new Set();
  /** @param {string} file @param {string[]} way @returns {string[]} */
  const follow = (file, way) => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const other of imports.get(file) ?? []) {
      const found = follow(other, [...way, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  for (const { file } of all) {
    const found = follow(file, []);
    if (found.length > 0) return found;
  }
  return [];
}

test('each folder of the page is a layer, and each layer is a folder', () => {
  const folders = new Set(
    modules()
      .map(({ file }) => file)
      .filter((file) => file.includes('/'))
      .map(folderOf),
  );
  assert.deepEqual([...folders].filter((folder) => folder !== 'host').sort(), Object.keys(LAYERS).sort());
});

test('the page’s parts import only what lies below them', () => {
  assert.deepEqual(upward(modules()), []);
});

test('workers import what lies beside them, and what every part uses', () => {
  const foreign = modules()
    .filter(({ file }) => folderOf(file) === 'host')
    .flatMap(({ file, values }) =>
      values
        .filter((other) => !['host', 'common', 'wasm'].includes(folderOf(other)))
        .map((other) => `${file} imports ${other}`),
    );
  assert.deepEqual(foreign, []);
});

test('no modules import each other in a circle', () => {
  assert.deepEqual(circle(modules()), []);
});

test('an import from above and a circle are found', () => {
  const planted = (file, line) =>
    modules(ROOT, (name) => readFileSync(path.join(ROOT, name), 'utf8') + (name === file ? `\n${line}\n` : ''));
  assert.deepEqual(upward(planted('common/words.js', "import { Course } from '../course/course.js';")), [
    'common/words.js imports course/course.js',
  ]);
  assert.deepEqual(upward(planted('form/field.js', "/** @typedef {import('../page/address.js').Address} Address */")), [
    'form/field.js imports page/address.js',
  ]);
  assert.ok(circle(planted('common/messages.js', "import { LANES } from './lanes.js';")).length > 2);
});
