// Recordings and exports. A recording that is written can be read again. Exports have the formats
// of other tools. Damaged files and files of other kinds are refused.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atOnce } from '../../www/common/slices.js';
import { read, Unreadable, write } from '../../www/recording/format.js';
import { fileOf, textOf } from '../../www/recording/link.js';
import { csv, traceEvents } from '../../www/recording/trace-event.js';
import { VERSION } from '../../www/recording/version.js';
import { spansOf } from '../../www/common/report.js';
import { random, randomRun } from './random-run.js';

const RECORDING = {
  recordedOn: '2026-11-24T12:00:00.000Z',
  site: 'www-0123456789ab',
  findings: { parallel: ['A second processor saved 3 ms: parallelism.'] },
  reports: {
    concurrent: randomRun({ seed: 1, spans: 300, tasks: 5, processors: 1 }),
    parallel: randomRun({ seed: 2, spans: 300, tasks: 5, processors: 3 }),
  },
};

const joined = (parts) => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
};

const refused = (buffer) => {
  try {
    atOnce(read(buffer));
  } catch (error) {
    assert.ok(error instanceof Unreadable, String(error.stack));
    assert.match(error.message, /^This file .*\.$/);
    return error.message;
  }
  return null;
};

test('what is written is read again, to the last bit', () => {
  assert.deepEqual(atOnce(read(joined(write(RECORDING)))), RECORDING);
});

test('columns that are parts of a larger buffer are written as they are', () => {
  const report = structuredClone(RECORDING.reports.parallel);
  const larger = new Float64Array(report.states.startMs.length + 3);
  larger.set(report.states.startMs, 3);
  report.states.startMs = larger.subarray(3);
  const again = atOnce(read(joined(write({ ...RECORDING, reports: { parallel: report } }))));
  assert.deepEqual(again.reports.parallel, RECORDING.reports.parallel);
});

test('a foreign, an empty and a cut file are sentences', () => {
  const file = joined(write(RECORDING));
  assert.match(refused(new ArrayBuffer(0)), /no run/);
  assert.match(refused(new TextEncoder().encode('{"traceEvents":[]}').buffer), /no run/);
  assert.match(refused(new TextEncoder().encode('manyhand').buffer), /ends too early/);
  for (const share of [0.01, 0.1, 0.5, 0.9, 0.999]) {
    assert.match(refused(file.slice(0, Math.floor(file.byteLength * share))), /damaged/);
  }
  const later = file.slice(0);
  new DataView(later).setUint32(8, VERSION + 1, true);
  assert.match(refused(later), /later page/);
});

test('damage anywhere is a sentence or a run that can be shown, never an error', () => {
  const file = joined(write(RECORDING));
  const next = random(11);
  let said = 0;
  for (let trial = 0; trial < 600; trial++) {
    const hurt = file.slice(0);
    const bytes = new Uint8Array(hurt);
    for (let n = 0; n < 3; n++) {
      const at = trial % 2 ? Math.floor(next() * bytes.length) : Math.floor(next() * 4000);
      bytes[at] = Math.floor(next() * 256);
    }
    if (refused(hurt) !== null) said++;
  }
  assert.ok(said > 300, `${said} of 600`);
});

test('values that no run can have are refused by name', () => {
  const hurt = (change) => {
    const report = structuredClone(RECORDING.reports.parallel);
    change(report);
    return refused(joined(write({ ...RECORDING, reports: { parallel: report } })));
  };
  for (const wrong of [{ stream: 3 }, { text: 7 }, { task: '1' }, { atMs: null }]) {
    assert.match(
      hurt(({ output }) => Object.assign(output[0], wrong)),
      /its output is none/,
    );
  }
  assert.match(
    hurt(({ droppedBytes }) => {
      droppedBytes.stderr = null;
    }),
    /its output is none/,
  );
  assert.match(
    hurt(({ states }) => {
      states.task[3] = 99;
    }),
    /states\.task holds 99/,
  );
  assert.match(
    hurt(({ states }) => {
      states.processor[0] = 3;
    }),
    /states\.processor holds 3/,
  );
  assert.match(
    hurt(({ states }) => {
      states.processor[states.state.indexOf(0)] = -1;
    }),
    /ran on no processor/,
  );
  assert.match(
    hurt(({ states }) => {
      states.processor[states.state.indexOf(2)] = 1;
    }),
    /while it did not run/,
  );
  assert.match(
    hurt(({ states }) => {
      states.channel[0] = -2;
    }),
    /states\.channel holds -2/,
  );
  assert.match(
    hurt(({ tasks }) => {
      tasks.id[1] = 2;
    }),
    /task 2 is not in the row of its id/,
  );
  assert.match(
    hurt(({ states }) => {
      states.reason[0] = 77;
    }),
    /states\.reason holds 77/,
  );
  assert.match(
    hurt(({ states }) => {
      states.endMs[2] = NaN;
    }),
    /states\.endMs holds NaN/,
  );
  assert.match(
    hurt(({ states }) => {
      states.endMs[2] = 1e12;
    }),
    /outside the run/,
  );
  assert.match(
    hurt((report) => {
      report.processors = 900;
    }),
    /can’t be/,
  );
  assert.match(
    hurt((report) => {
      report.tasks.name.pop();
    }),
    /as long as its table/,
  );
  assert.match(
    hurt((report) => {
      delete report.seed;
    }),
    /seed/,
  );
});

test('trace events are what viewers ask for', () => {
  const runs = Object.entries(RECORDING.reports);
  const { traceEvents: events } = JSON.parse(atOnce(traceEvents(runs)).join(''));
  const last = new Map();
  let spans = 0;
  for (const event of events) {
    assert.ok(Number.isInteger(event.pid) && Number.isInteger(event.tid) && typeof event.name === 'string');
    switch (event.ph) {
      case 'M':
        assert.ok(['process_name', 'thread_name'].includes(event.name) && typeof event.args.name === 'string');
        break;
      case 'C':
        assert.ok(event.ts >= 0 && Number.isInteger(event.args.queued));
        break;
      case 'X': {
        assert.ok(event.ts >= 0 && event.dur > 0 && event.cat === 'task');
        const thread = `${event.pid} ${event.tid}`;
        assert.ok(event.ts >= (last.get(thread) ?? 0), 'in order, and none inside another, not even by rounding');
        last.set(thread, event.ts + event.dur);
        spans++;
        break;
      }
      default:
        assert.fail(`there is no event ${event.ph}`);
    }
  }
  assert.equal(
    spans,
    runs.reduce((sum, [, { states }]) => sum + spansOf(states).task.length, 0),
  );
});

test('a table for spreadsheets has a row for each state, and no formula', () => {
  const report = structuredClone(RECORDING.reports.concurrent);
  report.tasks.name[1] = '=HYPERLINK("x", "y")';
  const lines = atOnce(csv([['concurrent', report]]))
    .join('')
    .trimEnd()
    .split('\r\n');
  assert.equal(lines.length, report.states.task.length + 1);
  const row = lines.find((line) => line.startsWith('concurrent,1,'));
  assert.match(row, /^concurrent,1,"'=HYPERLINK\(""x"", ""y""\)",(running|ready|blocked),/);
});

test('a short recording fits an address and comes out of it again; a long one does not', async () => {
  const short = { ...RECORDING, reports: { parallel: randomRun({ seed: 3, spans: 40, tasks: 4, processors: 2 }) } };
  const text = await textOf(short);
  assert.match(text, /^[\w-]{100,8000}$/);
  assert.deepEqual(atOnce(read(await fileOf(text))), short);
  assert.equal(
    await textOf({ ...RECORDING, reports: { parallel: randomRun({ seed: 4, spans: 5000, tasks: 5, processors: 2 }) } }),
    null,
  );
});

test('an address that holds something else is a sentence', async () => {
  const next = random(7);
  const bomb = Buffer.from(
    await new Response(
      new Blob([new Uint8Array(5e6)]).stream().pipeThrough(new CompressionStream('deflate-raw')),
    ).arrayBuffer(),
  );
  const texts = [
    '',
    'a',
    '<script>',
    'ä',
    '%00',
    'A'.repeat(9000),
    bomb.toString('base64url'),
    ...Array.from({ length: 500 }, () =>
      Buffer.from(Array.from({ length: 1 + next() * 60 }, () => next() * 256)).toString('base64url'),
    ),
  ];
  for (const text of texts) {
    const outcome = await fileOf(text).then(
      (file) => refused(file),
      (error) => {
        assert.ok(error instanceof Unreadable, String(error.stack));
        return error.message;
      },
    );
    assert.ok(outcome, text);
  }
});
