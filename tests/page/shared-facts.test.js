// The page takes its limits, codes and names from the Rust code. If one of these facts changes in
// Rust, the page needs no change.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import PROGRAMS from '#catalogue' with { type: 'json' };
import FACTS from '#shared-facts' with { type: 'json' };

const WWW = new URL('../../www/', import.meta.url);

/**
 * Runs a script with the page's modules as if the build had written other facts, and returns the
 * value that the script prints.
 * @param {import('node:test').TestContext} t
 * @param {Record<string, unknown>} written   facts by the name of the import, like '#shared-facts'
 * @param {string} script   prints JSON; `www` is the folder of the page's modules
 */
function withOther(t, written, script) {
  const folder = mkdtempSync(path.join(tmpdir(), 'manyhands-'));
  t.after(() => rmSync(folder, { recursive: true }));
  /** @type {Record<string, string>} */
  const files = {};
  for (const [name, value] of Object.entries(written)) {
    const file = path.join(folder, `${name.slice(1)}.json`);
    writeFileSync(file, JSON.stringify(value));
    files[name] = pathToFileURL(file).href;
  }
  const hooks = `const files = ${JSON.stringify(files)};
    export const resolve = (name, context, next) => files[name]
      ? { url: files[name], importAttributes: { type: 'json' }, shortCircuit: true } : next(name, context);`;
  const register = `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});`;
  const printed = execFileSync(
    process.execPath,
    [
      '--no-warnings',
      '--import',
      `data:text/javascript,${encodeURIComponent(register)}`,
      '--input-type=module',
      '--eval',
      `const www = ${JSON.stringify(WWW.href)}; ${script}`,
    ],
    { encoding: 'utf8' },
  );
  return JSON.parse(printed);
}

test('a limit that Rust changes is the page’s limit', (t) => {
  const facts = structuredClone(FACTS);
  facts.mostProcessors = 12;
  facts.options[0].max = 12;
  const found = withOther(
    t,
    { '#shared-facts': facts },
    `const { MOST_PROCESSORS, OPTION_FIELDS } = await import(www + 'common/messages.js');
     const { allProcessors } = await import(www + 'common/lanes.js');
     console.log(JSON.stringify([MOST_PROCESSORS, OPTION_FIELDS[0].max, allProcessors({ isolated: true, browserCores: 100 })]));`,
  );
  assert.deepEqual(found, [12, 12, 12]);
});

test('a code that Rust adds has its word in the page', (t) => {
  const facts = structuredClone(FACTS);
  facts.reasons.push('select');
  const found = withOther(
    t,
    { '#shared-facts': facts },
    `const { REASONS } = await import(www + 'common/messages.js');
     const { waitOf } = await import(www + 'timeline/words/wait.js');
     console.log(JSON.stringify([REASONS[8], waitOf(REASONS[8], 8, -1)]));`,
  );
  assert.deepEqual(found, ['select', 'select']);
});

test('a title that Rust changes is the page’s title', (t) => {
  const facts = structuredClone(FACTS);
  facts.laneNames.parallel = 'Side by side';
  const programs = structuredClone(PROGRAMS);
  programs[0].title = 'Another title';
  const found = withOther(
    t,
    { '#shared-facts': facts, '#catalogue': programs },
    `const { titleOf } = await import(www + 'common/lanes.js');
     const { programsFor } = await import(www + 'page/catalogue.js');
     console.log(JSON.stringify([titleOf('parallel', 2, 2), programsFor(2)[0].title]));`,
  );
  assert.deepEqual(found, ['Side by side: overlapping on all processors', 'Another title']);
});
