// Recordings of every version: the columns and codes of each version. Each version still opens.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { CHANNEL_KINDS, ENDINGS, REASONS, STATES } from '../../www/common/messages.js';
import { trafficOf } from '../../www/timeline/index/channels.js';
import { describe } from '../../www/timeline/words/describe.js';
import { indexOf } from '../../www/timeline/index/run-index.js';
import { atOnce } from '../../www/common/slices.js';
import { read, write } from '../../www/recording/format.js';
import { fileOf } from '../../www/recording/link.js';
import { figuresOf, tablesOf, VERSION } from '../../www/recording/version.js';

const FOLDER = new URL('recordings/', import.meta.url);

/** Lists a version's columns, one a line. */
function columnsOf(version) {
  const columns = Object.entries(tablesOf(version)).flatMap(([table, kinds]) =>
    Object.entries(kinds).map(
      ([name, { type, missing, maybe }]) =>
        `${table}.${name} ${type}${missing === undefined ? '' : `, ${missing} for none`}${maybe ? ', NaN for none' : ''}`,
    ),
  );
  const figures = Object.entries(figuresOf(version)).map(([name, type]) => `report.${name} ${type}`);
  return [...columns.sort(), ...figures.sort()];
}

/** The current codes, one a line. */
const CODES = Object.entries({ STATES, REASONS, ENDINGS, CHANNEL_KINDS }).flatMap(([list, words]) =>
  words.map((word, code) => `${list} ${code} ${word}`),
);

/** Reads the columns and codes that were recorded when a version was new. */
async function notedOf(version) {
  const lines = (await readFile(new URL(`version-${version}.txt`, FOLDER), 'utf8').catch(() => ''))
    .split('\n')
    .filter(Boolean);
  const isCode = (/** @type {string} */ line) => /^[A-Z_]+ \d/.test(line);
  return { columns: lines.filter((line) => !isCode(line)), codes: lines.filter(isCode) };
}

const fixture = async (/** @type {string} */ name) => Uint8Array.from(await readFile(new URL(name, FOLDER))).buffer;

/** A recording of version 1 with all three lanes. The Parallel lane has two processors. */
const kitchen = async () => atOnce(read(await fixture('version-1-kitchen.manyhands')));
const sum = async () => atOnce(read(await fixture('version-1-sum.manyhands')));

test('whoever changes a column or a code raises the version', async () => {
  assert.deepEqual(
    { columns: columnsOf(VERSION), codes: CODES },
    await notedOf(VERSION),
    `These are not the columns and codes of version ${VERSION}: raise the version, as www/recording/version.js says.`,
  );
});

test('earlier versions keep their columns, and no code has changed its meaning', async () => {
  for (let version = 1; version < VERSION; version++) {
    const { columns, codes } = await notedOf(version);
    assert.deepEqual(columnsOf(version), columns, `tablesOf(${version}) has to tell the columns as they were`);
    assert.deepEqual(
      codes.filter((code) => !CODES.includes(code)),
      [],
    );
    assert.ok(codes.length > 0);
  }
});

test('a recording of each earlier version is kept, and opens', async () => {
  const names = await readdir(FOLDER);
  for (let version = 1; version < VERSION; version++) {
    const own = names.filter((name) => name.startsWith(`version-${version}-`) && name.endsWith('.manyhands'));
    assert.ok(own.length > 0, `no recording of version ${version}`);
    for (const name of own) {
      const file = await fixture(name);
      assert.equal(new DataView(file).getUint32(8, true), version, name);
      const recording = atOnce(read(file));
      assert.ok(Object.keys(recording.reports).length > 0);
      const again = atOnce(read(await new Blob(write(recording)).arrayBuffer()));
      assert.deepEqual(again, recording, 'saved again, it is of this version and holds the same');
      for (const report of Object.values(recording.reports)) {
        const index = atOnce(indexOf(report));
        atOnce(trafficOf(index));
        for (let i = 0; i < index.tasks.order.length; i++) describe(index, i, () => 'waits', ['cook', 'cooks']);
      }
    }
  }
});

test('version 1: a processor is that of the span, and all three lanes are there', async () => {
  const { recordedOn, reports } = await kitchen();
  assert.match(recordedOn, /^2026-11-/);
  assert.deepEqual(Object.keys(reports), ['sequential', 'concurrent', 'parallel']);
  for (const { states, processors, busyMs } of Object.values(reports)) {
    let insideMs = 0;
    for (let i = 0; i < states.task.length; i++) {
      const running = STATES[states.state[i]] === 'running';
      assert.equal(states.processor[i] >= 0 && states.processor[i] < processors, running, `row ${i}`);
      if (running) insideMs += states.endMs[i] - states.startMs[i];
    }
    assert.ok(Math.abs(insideMs - busyMs) < 1e-6);
  }
  assert.deepEqual([...new Set(reports.parallel.states.processor)].sort(), [-1, 0, 1]);
});

test('version 1: on which channel a task waited was not recorded, and nothing is put in its place', async () => {
  const {
    reports: { concurrent },
  } = await sum();
  assert.ok(concurrent.states.channel.every((channel) => channel === -1));
  const index = atOnce(indexOf(concurrent));
  const { channels } = atOnce(trafficOf(index));
  assert.deepEqual(
    channels.map(({ id, senders, receivers }) => [id, senders, receivers]),
    [[0, null, null]],
  );
  const receive = REASONS.indexOf('receive');
  const waited = index.tasks.order.findIndex(
    (row) => concurrent.states.reason[row] === receive && STATES[concurrent.states.state[row]] === 'blocked',
  );
  const rows = Object.fromEntries(describe(index, waited, () => 'waits to receive', ['processor', 'processors']).rows);
  assert.equal(rows.State, 'blocked: waits to receive');
  assert.equal(rows.Channel, 'not recorded');
});

test('versions 1 to 3: a line of output is a chunk of standard output, and nothing was dropped', async () => {
  for (let version = 1; version <= 3; version++) {
    const { reports } = atOnce(read(await fixture(`version-${version}-kitchen.manyhands`)));
    const { output, droppedBytes, tasks } = /** @type {any} */ (reports.concurrent);
    assert.ok(output.length > 0);
    for (const { atMs, task, stream, text } of output) {
      assert.ok(atMs > 0 && task < tasks.id.length);
      assert.deepEqual([stream, text], [1, 'served\n']);
    }
    assert.deepEqual(droppedBytes, { stdout: 0, stderr: 0 });
  }
});

test('version 1: an address with recorded runs holds what the file holds', async () => {
  const address = await readFile(new URL('version-1-sum.link.txt', FOLDER), 'utf8');
  const recorded = /** @type {string} */ (new URLSearchParams(address.slice(address.indexOf('?'))).get('recorded'));
  const { reports } = atOnce(read(await fileOf(recorded)));
  assert.deepEqual(reports, (await sum()).reports);
});
