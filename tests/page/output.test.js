// The lines of the output, made of the chunks that tasks wrote.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MOST_LINES, OutputLines } from '../../www/lanes/output-lines.js';
import { shortcomings } from '../../www/lanes/output.js';

/** Returns the lines of chunks, which are rows of task, stream and text. */
function linesOf(...chunks) {
  const lines = new OutputLines();
  chunks.forEach(([task, stream, text], atMs) => lines.add({ atMs, task, stream, text }));
  return lines;
}

const rows = (/** @type {OutputLines} */ { shown }) => shown.map(({ atMs, task, text }) => [atMs, task, text]);

test('a chunk may be a line, several lines, or a part of a line', () => {
  const lines = linesOf(
    [1, 1, 'one\n'],
    [1, 1, 'two\n\nthree'],
    [1, 1, ''],
    [1, 1, ' and'],
    [1, 1, ' four\n'],
    [1, 1, '\n'],
  );
  assert.deepEqual(rows(lines), [
    [0, 1, 'one'],
    [1, 1, 'two'],
    [1, 1, ''],
    [1, 1, 'three and four'],
    [5, 1, ''],
  ]);
  assert.equal(lines.count, 5);
});

test('a line is of one stream and of one task', () => {
  const lines = linesOf([1, 1, 'out'], [1, 2, 'error'], [1, 1, 'put\n'], [2, 2, ' of two'], [null, 2, ' of all\n']);
  assert.deepEqual(rows(lines), [
    [0, 1, 'output'],
    [1, 1, 'error'],
    [3, 2, ' of two'],
    [4, null, ' of all'],
  ]);
  assert.deepEqual(
    lines.shown.map(({ stream }) => stream),
    [1, 2, 2, 2],
  );
});

test('many lines and long lines are counted and cut', () => {
  const lines = linesOf([1, 1, 'a\n'.repeat(1000 + MOST_LINES)], [1, 1, 'b'.repeat(5000)]);
  assert.equal(lines.shown.length, MOST_LINES);
  assert.equal(lines.count, 1001 + MOST_LINES);
  assert.equal(lines.cut, false, 'no line that is shown is long');
  const long = linesOf([1, 1, 'a'.repeat(1500)], [1, 1, 'b'.repeat(1500)], [1, 1, '\nc\n']);
  assert.deepEqual(
    long.shown.map(({ text }) => text.length),
    [2000, 1],
  );
  assert.equal(long.cut, true);
});

test('what is not shown or was not kept is said', () => {
  const kept = { droppedBytes: { stdout: 0, stderr: 0 } };
  assert.deepEqual(shortcomings(linesOf([1, 1, 'a\n']), kept), []);
  assert.deepEqual(shortcomings(linesOf([1, 1, 'a\n'.repeat(1000 + MOST_LINES)], [1, 2, 'b']), kept), [
    '1,001 more are in the report.',
  ]);
  assert.deepEqual(shortcomings(linesOf([1, 1, 'a'.repeat(5000)]), { droppedBytes: { stdout: 1, stderr: 2345 } }), [
    'The report has the rest of the longest lines.',
    'Standard output was longer than 16 MiB: the last byte was not kept.',
    'Standard error was longer than 16 MiB: the last 2,345 bytes were not kept.',
  ]);
});
