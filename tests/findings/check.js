// Checks the sentences that the report's code has chosen for runs: the findings and the sentence
// about the losses of each run, and the verdicts between lanes. The runs' figures (figures.js) must
// support every sentence, and no necessary sentence may be missing.

import assert from 'node:assert/strict';
import { OF_A_RUN, OF_BOTH, OF_EXECUTION, OF_LOSSES, OF_STRUCTURE } from './claims.js';
import { pairsOf } from './lanes.js';

/** @typedef {import('./figures.js').Figures} Figures */
/** @typedef {import('./lanes.js').Lane} Lane */
/** @typedef {(kind: string) => void} Counted   called with the kind of every correct sentence */

/**
 * Checks the findings, which are sentences about one run alone, and the sentence about the losses
 * of the run.
 *
 * @param {Figures} run
 * @param {string[]} findings
 * @param {string} losses
 * @param {Counted} counted
 */
export function checkRun(run, findings, losses, counted) {
  const said = findings.map((sentence) => holds(OF_A_RUN, sentence, 'run', counted, run));
  assert.equal(new Set(said).size, said.length, 'a sentence is said twice');
  assert.equal(said.includes('cut short'), run.outcome !== 'completed', `${run.outcome}, said: ${said}`);
  assert.equal(
    said.includes('oversubscribed'),
    run.processors > run.browserCores,
    `${run.processors} on ${run.browserCores}, said: ${said}`,
  );
  assert.equal(said.includes('dropped'), run.eventsDropped > 0, `${run.eventsDropped} dropped, said: ${said}`);
  if (losses) holds(OF_LOSSES, losses, 'losses', counted, run);
}

/** @typedef {{step: string, kind: string, sentence: string}} Verdict */

/**
 * Checks the verdicts on pairs of lanes. Each verdict must hold for a pair, and each pair must have
 * exactly one verdict.
 *
 * @param {Figures[]} runs
 * @param {Verdict[]} verdicts
 * @param {Counted} counted
 */
export function checkCompared(runs, verdicts, counted) {
  const pairs = pairsOf(runs);
  const left = [
    ...pairs.structure.map((pair) => ({ ...pair, table: [...OF_STRUCTURE, ...OF_BOTH], step: 'structure' })),
    ...pairs.execution.map((pair) => ({ ...pair, table: [...OF_EXECUTION, ...OF_BOTH], step: 'execution' })),
  ];
  /** The lanes for which a verdict says that overlapping saved time. @type {Lane[]} */
  const overlapped = [];
  for (const { step, kind, sentence } of verdicts) {
    const tried = left.filter((pair) => pair.step === step && find(pair.table, sentence));
    assert.ok(tried.length > 0, `Nobody can have said this here: ${sentence}`);
    const unmet = tried.map(({ table, from, to }) => unmetOf(table, sentence, from, to));
    const place = unmet.findIndex((list) => list.length === 0);
    assert.notEqual(place, -1, `${sentence} Not so: ${unmet.map((list) => list.join(', ')).join('; or ')}.`);
    const { table, from, to } = tried[place];
    assert.equal(find(table, sentence)?.kind, kind, `lessons judge by the wrong kind: ${sentence}`);
    if (step === 'structure' && kind === 'saved') overlapped.push(to);
    if (/ more in .*: parallelism\./.test(sentence))
      assert.ok(overlapped.includes(from), `More than what? ${sentence}`);
    counted(`${step}: ${kind}`);
    left.splice(left.indexOf(tried[place]), 1);
  }
  for (const { from, to } of left) {
    assert.fail(`nothing is said of ${name(from)} and ${name(to)}, but ${JSON.stringify(verdicts)}`);
  }
}

/** @param {any[]} table @param {string} sentence */
function find(table, sentence) {
  for (const [kind, pattern, claims] of table) {
    const match = pattern.exec(sentence);
    if (match) return { kind, claims, words: match.slice(1) };
  }
  return null;
}

/**
 * Lists the claims of a sentence that the figures do not support.
 * @param {any[]} table
 * @param {string} sentence
 * @param {any[]} about
 */
function unmetOf(table, sentence, ...about) {
  const found = find(table, sentence);
  if (!found) return ['it is not about this'];
  const claims = Object.entries(found.claims(...about, found.words));
  return claims.filter(([, holds]) => !holds).map(([claim]) => claim);
}

/** @param {any[]} table @param {string} sentence @param {string} family @param {Counted} counted @param {Figures} run */
function holds(table, sentence, family, counted, run) {
  const kind = find(table, sentence)?.kind;
  assert.ok(kind, `Nobody knows this sentence: ${sentence}`);
  const unmet = unmetOf(table, sentence, run);
  assert.deepEqual(unmet, [], `${sentence} Not so: ${unmet.join(', ')}.`);
  counted(`${family}: ${kind}`);
  return kind;
}

/** @param {Lane} lane */
const name = ({ structure, processors }) => `${structure} on ${processors}`;
