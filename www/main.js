/**
 * The page's story: show the lesson that the address names, and start the workers
 * meanwhile; check what is typed; run the lanes one after another; say what came
 * of it. Everything that measures or schedules is on the other side of the
 * messages.
 *
 * @typedef {import('./common/messages.js').Machine} Machine
 * @typedef {import('./common/messages.js').Options} Options
 * @typedef {import('./common/messages.js').Program} Program
 * @typedef {import('./common/messages.js').Values} Values
 */
import { hashOf } from './page/address.js';
import { apiOf } from './page/api.js';
import { machineSoFar, programsFor } from './page/catalogue.js';
import { Course } from './course/course.js';
import { differences } from './form/differences.js';
import { Frame } from './common/frame.js';
import { Refused } from './run/host-link.js';
import { Hosts } from './run/hosts.js';
import { seekIsolation } from './page/isolation.js';
import { allProcessors, isLane, LANES, laneOf, SEATS, seatsOf } from './common/lanes.js';
import { DEFAULT_SEED } from './common/messages.js';
import { networkFor } from './page/network.js';
import { after, opened as placeAt, WHEN, WHEN_TITLE } from './page/place.js';
import { presser, ROUNDS } from './run/press.js';
import { Runs } from './run/runs.js';
import { withDefaults } from './form/values.js';
import { byId, make, say as sayIn, setAble } from './common/dom.js';
import { exportPanel } from './recording/export.js';
import { Form } from './form/form.js';
import { ScalingPanel } from './scaling/panel.js';
import { opening } from './recording/opening.js';
import { printLight } from './page/print.js';
import { projectorButton } from './page/projector.js';
import { fillRail, markInRail, showOnward } from './page/rail.js';
import { followedLink, keepLanesInView, skipToArticle, startOf } from './page/scroll.js';
import { Stage } from './lanes/stage.js';
import { themeButton } from './page/theme.js';
import { showWhen } from './page/when.js';
import { count, walls } from './common/words.js';

const GETTING_READY = 'The workers are getting ready. You can press “Run and compare” already.';

const isNarrow = matchMedia('(max-width: 40rem)');

const machineAtFirst = machineSoFar();
/** What the build knows of the programs, until the host sends the same. */
let catalogue = { machine: machineAtFirst, programs: programsFor(machineAtFirst.browserCores) };
/** Whether a host has been ready. */
let hasOpened = false;
/** @type {Program | null} */
let program = null;
/** Whether the reader has done something that opening the page anew would undo. */
let touched = false;

/** Where the page is: place.js has the table of what changes it. */
let { place } = placeAt(location.hash, catalogue.programs);
/** The recorded runs that the lanes show. @type {{address: string | null} | null} `address` is null for those from a file */
let recorded = null;
/** With what values the runs in the lanes were made; null: the lanes are empty. @type {import('./form/differences.js').Setting | null} */
let inLanes = null;

const runButton = byId('run');
const runManyButton = byId('run-many');
const stopButton = byId('stop');

const frame = new Frame();
const stage = new Stage(byId('lanes'), frame, (lane) => press([lane]));
const form = new Form(byId('form'), formChanged);
const course = new Course(choose, say, stage, () => networkFor(hosts.current));

/** @type {(machine: Machine) => void} */
let isReady = () => {};
/** @type {Promise<Machine>} */
const ready = new Promise((resolve) => { isReady = resolve; });

const hosts = new Hosts(opened, lost);
const runs = new Runs(hosts, {
  begin({ seat, options, params, script, program: id, round }, kept) {
    if (script) showScripted(id, params, options);
    const processors = options.processors ?? allProcessors(catalogue.machine);
    if (isLane(seat)) stage.begin(seat, Number(processors), kept);
    go(after(place, { type: 'run' }));
    recorded = null;
    const parallel = seat === 'parallel' ? processors : kept.includes('parallel') ? inLanes?.processors ?? null : null;
    inLanes = id === program?.id ? { params, seed: options.seed ?? DEFAULT_SEED, processors: parallel } : null;
    markDifferences();
    say(round ? `Round ${round.number} of ${round.of}.` : `Running ${SEATS[seat]}.`);
  },
  rest: () => stage.rest(),
  progress({ seat }, live, nowMs) {
    if (isLane(seat)) stage.progress(seat, live, nowMs);
  },
  finish({ seat }, report, times) {
    if (isLane(seat)) stage.finish(seat, report, times);
    course.update(runs.completed, runs.times);
  },
  cut({ seat }, sentence) {
    if (isLane(seat)) stage.cut(seat, sentence);
  },
  found(found) {
    course.found(found);
    for (const lane of LANES) stage.found(lane, course.sentencesAbove(lane));
  },
  busy(busy) {
    touched ||= busy;
    showAbility(busy);
  },
});

Object.assign(window, { manyhands: apiOf({
  ready,
  programs: () => (hasOpened ? catalogue.programs : null),
  run: runByScript,
  stop: () => runs.stop(),
}) });

byId('tools').prepend(projectorButton(() => setView(place.view ? '' : 'projector')), themeButton(recolour));
printLight(() => {
  recolour();
  frame.paint();
});
byId('link').addEventListener('click', () => copyLink());
const files = opening(showRecording, say);
byId('tools').append(make('button', { type: 'button', class: 'quiet', click: files.ask }, 'Open', make('span', { class: 'unseen-when-narrow' }, ' recording')), files.input);
const scaling = new ScalingPanel({
  program: () => (program ? { params: program.params, values: form.values, all: allProcessors(catalogue.machine) } : null),
  run: (requests, measured) => runs.unseen(requests.map(({ params, processors }) => (
    { program: program?.id ?? '', params, options: { ...form.options, structure: 'concurrent', processors }, ...course.given })), measured),
  stop: () => runs.stop(),
  scale: (processors, wallMs, growing) => hosts.current.scale(processors, wallMs, growing),
  say,
});
stage.explore.add('Scaling', scaling.content);
stage.explore.add('Export', exportPanel({
  runs: () => stage.runs,
  recording: () => stage.recording,
  sheet: () => stage.sheet(byId('claim').textContent ?? ''),
  open: files.ask,
  link: copyLink,
  say,
}));
const press = presser({
  program: () => program, runs, course, form, check, begin: keepLanesInView, say,
  wait: () => { if (!hasOpened) say('The workers are getting ready. The run starts as soon as they are.'); },
});
runButton.addEventListener('click', () => press(offered()));
runManyButton.addEventListener('click', () => press(offered(), ROUNDS));
stopButton.addEventListener('click', () => runs.stop());
byId('form').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) press(offered());
});
byId('again').addEventListener('click', () => {
  byId('lost').hidden = true;
  say('Starting new workers.');
  hosts.replace('Another worker has taken over.');
});
document.querySelector('.skip')?.addEventListener('click', skipToArticle);
addEventListener('hashchange', route);
addEventListener('pagehide', () => runs.stop()); // nobody waits for it any more, and a kept page should be at rest
fillRail(byId('lessons'), catalogue.programs);
route();
byId('form').addEventListener('input', () => { touched = true; });
seekIsolation(() => !touched, () => hasOpened && !runs.busy);

// ---- The host ----------------------------------------------------------------

/**
 * @param {Machine} machine
 * @param {Program[]} programs
 */
function opened(machine, programs) {
  const known = JSON.stringify(catalogue.programs) === JSON.stringify(programs)
    && catalogue.machine.browserCores === machine.browserCores && catalogue.machine.isolated === machine.isolated;
  catalogue = { machine, programs: known ? catalogue.programs : programs };
  hasOpened = true;
  const recovered = !byId('lost').hidden;
  byId('lost').hidden = true;
  if (recovered) say(`${byId('lost-sentence').textContent} Another worker has taken over.`);
  if (!known) { // a worker may be told another number of processors than the page
    program = null;
    route();
  }
  if (byId('status').textContent === GETTING_READY) say(atRest());
  showAbility(runs.busy);
  isReady(machine);
}

/**
 * @param {Error} error
 * @param {boolean} restarting   another worker is on its way
 */
function lost(error, restarting) {
  byId('lost-sentence').textContent = error.message;
  byId('lost').hidden = false;
  byId('again').hidden = restarting;
  say(error.message);
}

// ---- Where we are ------------------------------------------------------------

/** An address has opened: at first, by a link, by Back or Forward. */
function route() {
  const { place: asked, entry, notice } = placeAt(location.hash, catalogue.programs);
  go({ place: asked, entry });
  document.documentElement.dataset.view = asked.view;
  const found = catalogue.programs.find(({ id }) => id === asked.program);
  // Recorded runs leave with their place; runs of the reader's own stay while the lesson does.
  const stays = found && found === program && (!recorded || recorded.address === asked.recorded);
  if (!stays) runs.leave();
  if (!found) {
    showEnd();
  } else {
    if (stays) {
      form.give(asked.given);
      showOnward(byId('onward'), catalogue.programs, found.id, asked.view);
    } else {
      show(found, asked.given);
    }
    formFollows();
    if (asked.given.size > 0) showRefusals();
  }
  if (notice || !stays || !runs.busy) say(notice || atRest());
  if (found && asked.recorded && recorded?.address !== asked.recorded) files.fromAddress(asked.recorded);
}

/**
 * The page is at another place, or at the same one with other values.
 * @param {{place: import('./page/address.js').Place, entry: import('./page/place.js').Entry}} next
 */
function go({ place: next, entry }) {
  place = next;
  const hash = hashOf(place);
  if (entry === 'none' || hash === location.hash) return;
  if (entry === 'push') history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
}

/** @returns {string} the status while nothing runs and nothing has happened */
function atRest() {
  return hasOpened ? `Ready. This browser reports ${count(catalogue.machine.browserCores, ['processor', 'processors'])}.` : GETTING_READY;
}

/**
 * A lesson with empty lanes.
 * @param {Program} found
 * @param {import('./page/address.js').Place['given']} given
 */
function show(found, given) {
  const { machine, programs } = catalogue;
  const followed = followedLink();
  program = found;
  recorded = inLanes = null;
  const lesson = course.show(found, machine);
  document.title = `${found.title} · Many Hands`;
  byId('title').textContent = `${found.title}: ${found.lesson}`;
  showArticle('lesson');
  byId('form').hidden = false;
  form.show(found, machine, lesson.worker, given);
  stage.show(found, lesson, machine);
  scaling.forget();
  markInRail(byId('lessons'), found.id);
  showOnward(byId('onward'), programs, found.id, place.view);
  if (followed) startOf('lesson');
  showAbility(runs.busy);
}

/** The form has other values: what depends on them follows. */
function formFollows() {
  course.formChanged(form.values, form.options);
  planProcessors();
  form.refuse([]);
  markDifferences();
}

/** The host says which values it would refuse, once it is ready. */
async function showRefusals() {
  const asked = place;
  const refusals = await check().catch(() => []); // a lost host has its own notice
  if (place === asked) form.refuse(refusals);
}

/** Says beside the lanes how the form differs from them. */
function markDifferences() {
  const setting = { params: form.values, seed: form.options.seed ?? DEFAULT_SEED, processors: form.options.processors ?? allProcessors(catalogue.machine) };
  const sentence = program && inLanes ? differences(program, inLanes, setting) : '';
  sayIn(byId('differences'), sentence);
  byId('lanes').classList.toggle('differing', sentence !== '');
}

/**
 * A recording takes the place of what is open. It needs no host.
 * @param {import('./recording/format.js').Recording} recording
 * @param {string | null} address   the text in the address; null: it comes from a file
 */
function showRecording(recording, address) {
  const report = Object.values(recording.reports).at(-1);
  if (!report) return;
  if (address !== null && place.recorded !== address) return; // the reader has gone elsewhere meanwhile
  runs.leave();
  const found = catalogue.programs.find(({ id }) => id === report.program);
  if (found) {
    const named = address !== null && place.program === found.id && place.given.size > 0;
    show(found, named ? place.given : new Map());
    if (!named) form.take(report.params, { processors: report.processors, seed: report.seed });
    go(after(place, { type: 'recording', program: found.id, given: form.given, fromFile: address === null }));
  } else { // a program for scripts: there is nothing to set or to run
    noProgram();
    showArticle('lesson');
    byId('form').hidden = true;
    byId('title').textContent = document.title = report.program;
    const lesson = course.showWords(report.program, '');
    stage.show({ structures: ['sequential', 'concurrent'] }, lesson, { browserCores: 1, isolated: true, processors: 1 });
  }
  stage.open(recording);
  recorded = { address };
  inLanes = { params: report.params, seed: report.seed, processors: recording.reports.parallel?.processors ?? null };
  formFollows();
  const day = new Date(recording.recordedOn).toLocaleString('en', { dateStyle: 'long', timeStyle: 'short' });
  say(`These runs were recorded on ${day} with ${count(report.processors, ['processor', 'processors'])}.`);
}

/** The page after the last lesson. */
function showEnd() {
  noProgram();
  const followed = followedLink();
  showArticle('when');
  document.title = `${WHEN_TITLE} · Many Hands`;
  markInRail(byId('lessons'), WHEN);
  showWhen(byId('when'), catalogue.programs, course.visited, place.view);
  if (followed) startOf('when');
}

/** @param {'lesson' | 'when'} id */
function showArticle(id) {
  byId('lesson').hidden = id !== 'lesson';
  byId('when').hidden = id !== 'when';
}

/** No program is open any more. */
function noProgram() {
  stage.leave();
  course.leave();
  program = null;
  recorded = inLanes = null;
  showAbility(runs.busy);
}

/** The theme has changed. */
function recolour() {
  stage.recolour();
  course.recolour();
}

/** @param {string} view */
function setView(view) {
  go(after(place, { type: 'view', view }));
  document.documentElement.dataset.view = view;
  // Links within the page stay in this view.
  if (program) showOnward(byId('onward'), catalogue.programs, program.id, place.view);
  else if (place.program === WHEN) showWhen(byId('when'), catalogue.programs, course.visited, place.view);
}

function formChanged() {
  if (!program) return;
  go(after(place, { type: 'values', given: form.given }));
  course.formChanged(form.values, form.options);
  planProcessors();
  markDifferences();
  showRefusals();
}

function planProcessors() {
  const { processors } = form.options;
  if (typeof processors === 'number' && Number.isInteger(processors) && processors > 0) stage.plan(processors);
}

/** @param {string} [runs]   those in the lanes, as an address holds them */
async function copyLink(runs) {
  if (runs) {
    go(after(place, { type: 'link', given: form.given, recorded: runs }));
    recorded = { address: runs };
  }
  const what = place.recorded ? 'these runs' : place.program === WHEN ? 'this page' : 'this lesson with these values';
  try {
    await navigator.clipboard.writeText(location.href);
    say(`The link to ${what} is copied.`);
  } catch {
    say(`This browser does not let the page copy. The address bar has the link to ${what}.`);
  }
}

/**
 * A suggestion sets the form. The next thing to do is to run, so the button gets
 * the focus.
 * @param {import('./course/lessons/lesson.js').Next} next
 */
function choose({ label, given }) {
  form.give(new Map(Object.entries(given).map(([name, value]) => [name, [value].flat()])));
  formChanged();
  runButton.focus({ preventScroll: true });
  say(`The form now has the values for “${label}”.`);
}

// ---- Running -----------------------------------------------------------------

/** What "Run and compare" runs here. */
const offered = () => (program ? seatsOf(program, catalogue.machine, course.comparesStructures) : []);

function check() {
  return program ? hosts.current.check(program.id, form.values, form.options) : Promise.resolve([]);
}

/**
 * @param {string} id
 * @param {Values} params
 * @param {Options} options
 */
async function runByScript(id, params, options) {
  const known = catalogue.programs.find((candidate) => candidate.id === id);
  const seat = laneOf(options, catalogue.machine);
  const all = withDefaults(known?.params ?? [], params);
  const [report] = await runs.all([{ seat, program: id, params: all, options, script: true }], async () => {
    const refusals = await hosts.current.check(id, all, options);
    if (refusals.length > 0) throw new Refused(refusals);
    await course.prepare(id);
  });
  if (!report) throw new Error('The run was stopped before it began.');
  if (program?.id === id) say(walls([SEATS[seat]], [report]));
  return report;
}

/**
 * The form shows what a script runs, as if it had been typed.
 * @param {string} id
 * @param {Values} params
 * @param {Options} options
 */
function showScripted(id, params, options) {
  const found = catalogue.programs.find((candidate) => candidate.id === id);
  if (!found) return;
  if (found !== program || recorded) show(found, new Map());
  course.begin();
  form.take(params, options);
  formFollows();
  go(after(place, { type: 'script', program: id, given: form.given }));
}

/** @param {boolean} busy */
function showAbility(busy) {
  const able = !busy && program !== null;
  setAble(runButton, able);
  setAble(runManyButton, able);
  setAble(stopButton, busy);
  stage.setRunnable(able);
}

/** @param {string} sentence */
function say(sentence) {
  const status = byId('status');
  status.textContent = sentence;
  // On a narrow page a long sentence scrolls. What scrolls is within reach of the keyboard.
  if (isNarrow.matches && status.scrollHeight > status.clientHeight) status.tabIndex = 0;
  else status.removeAttribute('tabindex');
}
