// Runs the programs at least a thousand times natively. Checks every sentence of the reports
// against figures that are computed from the reports' columns. Then changes figures, and checks
// that the sentences follow the changes.
//
// The native program is crate/examples/reports.rs. The environment variable REPORTS is the path of
// the compiled program if it is not in target/debug/examples.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkCompared, checkRun } from './check.js';
import { checkColumns } from './columns.js';
import { CASES, KITCHEN, TIMES, forge } from './doctored.js';
import { figuresOf } from './figures.js';
import { randomFrom } from '../random.js';
import { groups } from './requests.js';

/** The least number of reports that are checked. */
const REPORTS = 1000;
/** The number of rounds of changes to the figures of each list of runs. */
const CHANGES = 5;
/** The resolutions of clocks in ns: this machine's (null), an isolated page's, and other pages'. */
const CLOCK_STEPS = [null, 5_000, 100_000];

const program = process.env.REPORTS ?? fileURLToPath(new URL('../../target/debug/examples/reports', import.meta.url));

/** @param {number | null} clockStep */
function native(clockStep) {
  const child = spawn(program, clockStep ? [`${clockStep}`] : [], { env: { ...process.env, RUST_BACKTRACE: '0' } });
  let errors = '';
  // Some runs panic on purpose, and panics write to stderr. So text on stderr is no fault by
  // itself: it is shown only if an answer is missing.
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** @param {any} asked */
    async ask(asked) {
      child.stdin.write(`${JSON.stringify(asked)}\n`);
      const { value, done } = await lines.next();
      assert.ok(!done, `no answer to ${JSON.stringify(asked)}: ${errors}`);
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}

const natives = CLOCK_STEPS.map(native);
after(() => natives.forEach(({ close }) => close()));

/** Counts the correct sentences by kind. */
function counter() {
  /** @type {Map<string, number>} */
  const kinds = new Map();
  return {
    count: (/** @type {string} */ kind) => {
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    },
    lines: () =>
      [...kinds]
        .sort()
        .map(([kind, count]) => `  ${String(count).padStart(5)}  ${kind}`)
        .join('\n'),
  };
}

/** Collects failed checks with the requests that led to them. */
function faults() {
  /** @type {string[]} */
  const list = [];
  return {
    list,
    /** @param {any} asked @param {() => void} check */
    gather(asked, check) {
      try {
        check();
      } catch (error) {
        if (!(error instanceof assert.AssertionError)) throw error;
        list.push(`${error.message.split('\n')[0]}\n    after ${JSON.stringify(asked)}`);
      }
    },
  };
}

test('every sentence about a thousand reports is borne out, and those about changed ones are', async () => {
  const { list, gather } = faults();
  const real = counter();
  const changed = counter();
  const random = randomFrom(2);
  let reports = 0;
  let doctored = 0;
  for (const [number, runs] of groups(REPORTS).entries()) {
    const { ask } = natives[number % natives.length];
    const answer = await ask({ runs });
    const figures = answer.reports.map(figuresOf);
    gather(runs, () => {
      for (const [place, report] of answer.reports.entries()) {
        checkColumns(report);
        checkRun(figures[place], report.findings, report.lossesSentence, real.count);
      }
      checkCompared(figures, answer.compared, real.count);
    });
    reports += runs.length;
    for (let round = 0; round < CHANGES; round++) {
      const { changes, figures: forged } = forge(figures, random);
      const said = await ask({ doctored: changes });
      gather([runs, changes], () => {
        for (const [place, findings] of said.findings.entries()) checkRun(forged[place], findings, '', changed.count);
        checkCompared(forged, said.compared, changed.count);
      });
      doctored += runs.length;
    }
  }
  console.log(`${reports} reports. Sentences that their figures bear out:\n${real.lines()}`);
  console.log(`${doctored} doctored reports. Sentences that their figures bear out:\n${changed.lines()}`);
  assert.ok(reports >= REPORTS);
  assert.ok(list.length === 0, `${list.length} do not hold:\n${list.slice(0, 20).join('\n')}`);
});

test('sentences change with a figure, or are withheld', async (t) => {
  const { ask } = natives[0];
  let current;
  for (const { name, runs = KITCHEN, figures = TIMES, said, changes, says } of CASES) {
    await t.test(name, async () => {
      if (runs !== current) await ask({ runs });
      current = runs;
      const sentences = async (/** @type {any[]} */ doctored) => {
        const { compared, findings } = await ask({ doctored });
        return [...compared.map((verdict) => verdict.sentence), ...findings.flat()];
      };
      const before = await sentences(figures);
      for (const pattern of said)
        assert.ok(
          before.some((one) => pattern.test(one)),
          `${pattern} in ${before}`,
        );
      const then = await sentences(figures.map((own, place) => ({ ...own, ...changes[place] })));
      for (const pattern of said) assert.ok(!then.some((one) => pattern.test(one)), `still said: ${then}`);
      for (const pattern of says)
        assert.ok(
          then.some((one) => pattern.test(one)),
          `${pattern} in ${then}`,
        );
    });
  }
});
