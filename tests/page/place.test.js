// The page's place: what a URL names, what the history keeps, and how form and lanes differ.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOf, placeOf } from '../../www/page/address.js';
import { differences } from '../../www/form/differences.js';
import { after, placeAt } from '../../www/page/place.js';

/** @typedef {import('../../www/page/address.js').Place} Place */
/** @typedef {import('../../www/page/place.js').Event} PlaceEvent */
/** @typedef {import('../../www/page/place.js').Entry} Entry */

const PROGRAMS = [
  ['kitchen', 'Kitchen'],
  ['sum', 'Sum'],
  ['spaces', 'Memory'],
  ['pool', 'Worker pool'],
  ['mandelbrot', 'Mandelbrot'],
].map(([id, title]) => ({ id, title }));

const values = (pairs) => new Map(Object.entries(pairs).map(([name, text]) => [name, [text]]));

test('an address that a lesson has is taken as it is', () => {
  for (const hash of [
    '#/kitchen',
    '#/sum?numbers=1&numbers=2',
    '#/pool?view=projector',
    '#/when',
    '#/kitchen?dishes=3&recorded=aB-_9',
  ]) {
    assert.deepEqual(placeAt(hash, PROGRAMS), { place: placeOf(hash), entry: 'none', notice: '' });
  }
  for (const hash of ['', '#', '#/']) {
    const { place, entry, notice } = placeAt(hash, PROGRAMS);
    assert.deepEqual([place.program, entry, notice], ['kitchen', 'none', ''], 'none is named: the first opens');
  }
});

test('an address that is nearly right opens what is meant, and says so', () => {
  for (const [hash, program] of [
    ['#kitchen', 'kitchen'],
    ['#/Kitchen', 'kitchen'],
    ['#/kitchen/', 'kitchen'],
    ['#/kitchn', 'kitchen'],
    ['#/kicthen', 'kitchen'],
    ['#sum', 'sum'],
    ['#/sums', 'sum'],
    ['#/worker-pool', 'pool'],
    ['#/Worker%20pool', 'pool'],
    ['#/mandelbrod', 'mandelbrot'],
    ['#when', 'when'],
    ['#/When-to-use-which', 'when'],
    ['#/kitchen/..', 'kitchen'],
  ]) {
    const { place, entry, notice } = placeAt(hash, PROGRAMS);
    assert.deepEqual([place.program, entry], [program, 'replace'], hash);
    assert.match(notice, /^No lesson has the address “#.*”\. The nearest one is open: [A-Z].*\.$/);
    assert.deepEqual(placeAt(hashOf(place), PROGRAMS).notice, '', 'the corrected address needs no notice');
  }
});

test('an address that names nothing opens the first lesson, and says so', () => {
  for (const hash of ['#/xyz', '#/runaway', '#/..', '#/%', '#/__proto__', '#lesson', '#/k', `#/${'a'.repeat(5000)}`]) {
    const { place, entry, notice } = placeAt(hash, PROGRAMS);
    assert.deepEqual([place.program, entry], ['kitchen', 'replace'], hash);
    assert.match(notice, /The first one is open: Kitchen\.$/);
    assert.ok(notice.length < 120, notice);
  }
});

test('a correction keeps values, view and recorded runs', () => {
  const { place } = placeAt('#Kitchn?dishes=3&view=projector&recorded=aB', PROGRAMS);
  assert.deepEqual(place, { program: 'kitchen', values: values({ dishes: '3' }), view: 'projector', recorded: 'aB' });
});

test('the history has an entry for each place, and none for a change within it', () => {
  const own = { program: 'kitchen', values: values({ dishes: '3' }), view: '', recorded: '' };
  const linked = { ...own, recorded: 'aB' };
  const other = values({ dishes: '5' });
  /** @type {[Place, PlaceEvent, Entry, Partial<Place>][]} */
  const cases = [
    [own, { type: 'values', values: other }, 'replace', { values: other }],
    [linked, { type: 'values', values: other }, 'replace', { values: other, recorded: 'aB' }],
    [linked, { type: 'view', view: 'projector' }, 'replace', { view: 'projector', recorded: 'aB' }],
    [own, { type: 'link', values: own.values, recorded: 'cD' }, 'replace', { recorded: 'cD' }],
    [
      linked,
      { type: 'recording', program: 'kitchen', values: other, fromFile: false },
      'replace',
      { values: other, recorded: 'aB' },
    ],
    [
      linked,
      { type: 'recording', program: 'sum', values: other, fromFile: true },
      'push',
      { program: 'sum', values: other, recorded: '' },
    ],
    [own, { type: 'run' }, 'none', {}],
    [linked, { type: 'run' }, 'push', { recorded: '' }],
    [own, { type: 'script', program: 'kitchen', values: other }, 'replace', { values: other }],
    [own, { type: 'script', program: 'sum', values: other }, 'push', { program: 'sum', values: other }],
    [linked, { type: 'script', program: 'kitchen', values: other }, 'push', { values: other, recorded: '' }],
  ];
  for (const [place, event, entry, expected] of cases) {
    assert.deepEqual(after(place, event), { place: { ...place, ...expected }, entry }, JSON.stringify(event));
  }
});

const param = (name, label, unit, value, kind = 'integer') => ({ name, label, unit, kind, default: value });
/** @type {any} the part of a program that this test needs */
const KITCHEN = {
  params: [
    param('dishes', 'Dishes', '', 4),
    param('boilMs', 'Boil', 'ms', 180),
    param('iterations', 'Iterations', '', null),
    param('numbers', 'Numbers', '', [7, 2], 'list'),
  ],
};

/**
 * Returns the values, the seed and the processors of a run or of the form.
 *
 * @param {import('../../www/common/messages.js').Values} params
 * @param {Partial<import('../../www/form/differences.js').Setting>} [others]
 */
const setting = (params, { seed = 1, processors = 2 } = {}) => ({ params, seed, processors });

test('where form and lanes agree nothing is said, whether a default is written or not', () => {
  const all = { dishes: 4, boilMs: 180, iterations: null, numbers: [7, 2] };
  assert.equal(differences(KITCHEN, setting(all), setting({})), '');
  assert.equal(
    differences(KITCHEN, setting({}), setting({ dishes: 4, numbers: [7, 2] }, { seed: '1', processors: '2' })),
    '',
  );
  assert.equal(
    differences(KITCHEN, setting({}, { processors: null }), setting({}, { processors: 8 })),
    '',
    'the Parallel lane is empty',
  );
});

test('what differs is named, with the values of the runs and of the form', () => {
  assert.equal(
    differences(KITCHEN, setting({}), setting({ boilMs: 0 })),
    'These lanes show runs with Boil 180 ms. The form now says Boil 0 ms.',
  );
  assert.equal(
    differences(
      KITCHEN,
      setting({ iterations: 9 }),
      setting({ dishes: 'many', numbers: [] }, { seed: 3, processors: 4 }),
    ),
    'These lanes show runs with Dishes 4, Iterations 9, Numbers 7, 2, Processors 2 and Seed 1. ' +
      'The form now says Dishes many, no Iterations, no Numbers, Processors 4 and Seed 3.',
  );
  assert.ok(differences(KITCHEN, setting({}), setting({ dishes: 'a'.repeat(5000) })).length < 120);
});
