// Compares every program's answers with those of its twin in Go.
//
//   node tests/peers/twins.js GO ANSWERS DIRECTORY [PROGRAM …]
//
// GO is the go command, ANSWERS is the program of src/bin/answers.rs, and DIRECTORY is a folder for
// the compiled twins. Prints a line for each program and ends with 1 if an answer differs.

import { spawn, execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, promisify } from 'node:util';
import { sets } from './sets.js';

/** @typedef {import('./sets.js').ParameterSet} ParameterSet */

const TWINS = fileURLToPath(new URL('../../crate/src/programs/twins/', import.meta.url));
const [go, answers, directory, ...wanted] = process.argv.slice(2);
const call = promisify(execFile);

/** Returns the twin's answer. @param {string} program @param {ParameterSet} set */
async function askTwin(program, { params }) {
  const flags = Object.entries(params).map(([name, value]) => `-${name}=${value}`);
  const { stdout } = await call(join(directory, program), flags, { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout).answer;
}

/** Starts the native program, which answers each line with a line. */
function native() {
  const child = spawn(answers, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** @param {string} program @param {ParameterSet} set */
    async ask(program, { params, structures }) {
      child.stdin.write(`${JSON.stringify({ program, params, structures })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${program} gave no answer natively.`);
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}

/** Throws if a twin has no parameter sets, because it would never be compared. */
function allTwinsHaveSets() {
  const twins = readdirSync(TWINS).filter((file) => file.endsWith('.go'));
  const known = new Set(sets().map(([program]) => program));
  const forgotten = twins.map((file) => basename(file, '.go')).filter((name) => !known.has(name));
  if (forgotten.length > 0) throw new Error(`There are no parameter sets for ${forgotten.join(', ')}.`);
}

async function main() {
  allTwinsHaveSets();
  mkdirSync(directory, { recursive: true });
  const ours = native();
  let compared = 0;
  let different = 0;
  for (const [program, all] of sets()) {
    if (wanted.length > 0 && !wanted.includes(program)) continue;
    const source = join(TWINS, `${program}.go`);
    if (!existsSync(source)) throw new Error(`There is no twin ${source}.`);
    await call(go, ['vet', source]);
    await call(go, ['build', '-o', join(directory, program), source]);
    let equal = 0;
    for (const set of all) {
      const [theirs, lanes] = await Promise.all([askTwin(program, set), ours.ask(program, set)]);
      if (lanes.length === 0) throw new Error(`${program} has no lane for ${JSON.stringify(set)}.`);
      for (const { structure, processors, answer } of lanes) {
        if (isDeepStrictEqual(answer, theirs)) {
          equal += 1;
          continue;
        }
        different += 1;
        console.error(
          `${program} ${JSON.stringify(set.params)}, ${structure} on ${processors}:\n` +
            `  here  ${JSON.stringify(answer)}\n  in Go ${JSON.stringify(theirs)}`,
        );
      }
    }
    compared += equal;
    console.log(`${program}: ${all.length} parameter sets, ${equal} answers as in Go`);
  }
  ours.close();
  console.log(`${compared} answers are those of Go, ${different} are not.`);
  process.exitCode = different > 0 || compared === 0 ? 1 : 0;
}

await main();
