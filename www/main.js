/**
 * The page's story: open a host; when it is ready show the lesson that the
 * address names; check what is typed; run the lanes one after another; say what
 * came of it. Everything that measures or schedules is on the other side of the
 * messages.
 *
 * @typedef {import('./lanes.js').Seat} Seat
 * @typedef {import('./messages.js').Machine} Machine
 * @typedef {import('./messages.js').Options} Options
 * @typedef {import('./messages.js').Program} Program
 * @typedef {import('./messages.js').Values} Values
 */
import { hashOf, isPlace, placeOf } from './address.js';
import { apiOf } from './api.js';
import { Course } from './course.js';
import { Frame } from './frame.js';
import { Refused } from './host-link.js';
import { Hosts } from './hosts.js';
import { seekIsolation } from './isolation.js';
import { allProcessors, isLane, laneOf, optionsOf, SEATS, seatsOf } from './lanes.js';
import { networkFor } from './network.js';
import { Runs } from './runs.js';
import { withDefaults } from './values.js';
import { byId, make, setAble } from './view/dom.js';
import { Form } from './view/form.js';
import { ScalingPanel } from './view/scaling-panel.js';
import { opening } from './view/opening.js';
import { printLight } from './view/print.js';
import { projectorButton } from './view/projector.js';
import { fillRail, markInRail, showOnward, WHEN } from './view/rail.js';
import { followedLink, keepLanesInView, startOf } from './view/scroll.js';
import { Stage } from './view/stage.js';
import { takeAlong } from './view/take-along.js';
import { themeButton } from './view/theme.js';
import { showWhen } from './view/when.js';
import { count, walls } from './words.js';

const FIRST = 'kitchen';

/** @type {{machine: Machine, programs: Program[]} | null} */
let catalogue = null;
/** @type {Program | null} */
let program = null;
/** How all of it is shown: "projector", or empty. */
let view = '';
/** Whether the reader has done something that opening the page anew would undo. */
let touched = false;

/** @type {import('./recording/format.js').Recording | null} what is shown, if it was recorded: a host that becomes ready must not replace it */
let recorded = null;

const runButton = byId('run');
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
  begin({ seat, options, params, script, program: id }, kept) {
    if (script) showScripted(id, params, options);
    const machine = catalogue?.machine;
    if (machine && isLane(seat)) stage.begin(seat, Number(options.processors ?? allProcessors(machine)), kept);
    say(`Running ${SEATS[seat]}.`);
  },
  rest: () => stage.rest(),
  progress({ seat }, live, nowMs) {
    if (isLane(seat)) stage.progress(seat, live, nowMs);
  },
  finish({ seat }, report) {
    if (isLane(seat)) stage.finish(seat, report);
    course.update(runs.completed);
  },
  cut({ seat }, sentence) {
    if (isLane(seat)) stage.cut(seat, sentence);
  },
  found(below, findings) {
    stage.found(below, findings);
    course.found(below, findings);
  },
  busy(busy) {
    touched ||= busy;
    showAbility(busy);
  },
});

Object.assign(window, { manyhands: apiOf({
  ready,
  programs: () => catalogue?.programs ?? null,
  run: runByScript,
  stop: () => runs.stop(),
}) });

byId('tools').prepend(projectorButton(() => setView(view ? '' : 'projector')), themeButton(recolour));
printLight(() => {
  recolour();
  frame.paint();
});
byId('link').addEventListener('click', () => copyLink());
const files = opening(showRecording, say);
byId('tools').append(make('button', { type: 'button', class: 'quiet', click: files.ask }, 'Open'), files.input);
const scaling = new ScalingPanel({
  program: () => (program && catalogue ? { params: program.params, values: form.values, all: allProcessors(catalogue.machine) } : null),
  run: (requests, measured) => runs.unseen(requests.map(({ params, processors }) => (
    { program: program?.id ?? '', params, options: { ...form.options, structure: 'concurrent', processors }, ...course.given })), measured),
  stop: () => runs.stop(),
  scale: (processors, wallMs, growing) => hosts.current.scale(processors, wallMs, growing),
  say,
});
stage.explore.add('Scaling', scaling.content);
stage.explore.add('Export', takeAlong({
  runs: () => stage.runs,
  recording: () => stage.recording,
  sheet: () => stage.sheet(byId('claim').textContent ?? ''),
  open: files.ask,
  link: copyLink,
  say,
}));
runButton.addEventListener('click', () => press(offered()));
stopButton.addEventListener('click', () => runs.stop());
byId('form').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) press(offered());
});
byId('again').addEventListener('click', () => {
  byId('lost').hidden = true;
  say('Starting again.');
  hosts.replace('Another worker has taken over.');
});
addEventListener('hashchange', route);
addEventListener('pagehide', () => runs.stop()); // nobody waits for it any more, and a kept page should be at rest
showAbility(false);
showEarly(placeOf(location.hash));
if (placeOf(location.hash).recorded) route(); // that needs no host
byId('form').addEventListener('input', () => { touched = true; });
seekIsolation(() => !touched, () => catalogue !== null && !runs.busy);

// ---- The host ----------------------------------------------------------------

/**
 * @param {Machine} machine
 * @param {Program[]} programs
 */
function opened(machine, programs) {
  const first = catalogue === null;
  catalogue = { machine, programs };
  const recovered = !byId('lost').hidden;
  byId('lost').hidden = true;
  if (recovered) say(`${byId('lost-sentence').textContent} Another has taken over.`);
  if (first) {
    fillRail(byId('lessons'), catalogue.programs);
    if (recorded) showRecording(recorded);
    else route();
    say(`Ready. This browser reports ${count(machine.browserCores, ['processor', 'processors'])}.`);
  }
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

async function route() {
  recorded = null;
  if (!isPlace(location.hash)) return;
  const place = placeOf(location.hash);
  if (place.recorded && await files.fromAddress(place.recorded)) return;
  if (!catalogue) return;
  const id = place.program || FIRST;
  showView(place.view);
  byId('when').hidden = id !== WHEN;
  if (id === WHEN) {
    showEnd(catalogue.programs);
    return;
  }
  const found = catalogue.programs.find((candidate) => candidate.id === id);
  byId('lesson').hidden = !found;
  byId('nowhere').hidden = !!found;
  if (!found) {
    leave();
    markInRail(byId('lessons'), id);
    const refusals = await hosts.current.check(id, {}, {});
    byId('nowhere-sentence').textContent = refusals.map(({ sentence }) => sentence).join(' ')
      || `No lesson shows the program “${id}”: it is for scripts.`;
    return;
  }
  if (found === program) {
    form.give(place.given);
    course.formChanged(form.values, form.options);
  } else {
    runs.leave();
    show(found, catalogue.machine, place.given);
  }
  planProcessors();
  form.refuse([]);
  if (place.given.size > 0) form.refuse(await check());
}

/**
 * @param {Program} found
 * @param {Machine} machine
 * @param {Map<string, string[]>} given
 */
function show(found, machine, given) {
  program = found;
  const lesson = course.show(found, machine);
  document.title = `${found.title} · Many Hands`;
  byId('title').textContent = `${found.title}: ${found.lesson}`;
  form.show(found, machine, lesson.worker, given);
  stage.show(found, lesson, machine);
  scaling.forget();
  course.formChanged(form.values, form.options);
  markInRail(byId('lessons'), found.id);
  const followed = followedLink();
  showOnward(byId('onward'), catalogue?.programs ?? [], found.id, view);
  if (followed) startOf('lesson');
  showAbility(runs.busy);
}

/**
 * A recording takes the place of what is open. It needs no host: where none has
 * started, the words of its lesson are all there is beside it.
 * @param {import('./recording/format.js').Recording} recording
 */
function showRecording(recording) {
  const report = Object.values(recording.reports).at(-1);
  if (!report) return;
  runs.leave();
  recorded = recording;
  byId('lesson').hidden = false;
  byId('nowhere').hidden = byId('when').hidden = true;
  const found = catalogue?.programs.find(({ id }) => id === report.program);
  if (found && catalogue) {
    show(found, catalogue.machine, new Map());
    form.take(report.params, { processors: report.processors, seed: report.seed });
    history.replaceState(null, '', hashOf({ program: found.id, given: form.given, view }));
    planProcessors();
  } else {
    program = null;
    const lesson = course.showWords(report.program, '');
    stage.show({ structures: ['sequential', 'concurrent'] }, lesson, { browserCores: 1, isolated: true, processors: 1 });
  }
  stage.open(recording);
  const day = new Date(recording.recordedOn).toLocaleString('en');
  say(`This was recorded on ${day}, with ${count(report.processors, ['processor', 'processors'])}.`);
}

/**
 * Before there is a host: the words of the lesson can be read while it starts.
 * @param {import('./address.js').Place} place
 */
function showEarly(place) {
  showView(place.view);
  if (place.program === WHEN) byId('lesson').hidden = true;
  else course.showWords(place.program || FIRST, '');
}

/** @param {Program[]} programs */
function showEnd(programs) {
  leave();
  const followed = followedLink();
  byId('lesson').hidden = true;
  byId('nowhere').hidden = true;
  document.title = 'When which? · Many Hands';
  markInRail(byId('lessons'), WHEN);
  showWhen(byId('when'), programs, course.visited, view);
  if (followed) startOf('when');
}

/** No program is open any more. */
function leave() {
  runs.leave();
  program = null;
  showAbility(runs.busy);
}

/** The theme has changed. */
function recolour() {
  stage.recolour();
  course.recolour();
}

/** @param {string} asked */
function showView(asked) {
  view = asked;
  document.documentElement.dataset.view = view;
}

/** @param {string} asked */
function setView(asked) {
  const here = isPlace(location.hash) ? placeOf(location.hash) : { program: program?.id ?? WHEN, given: form.given };
  location.hash = hashOf({ ...here, view: asked });
}

function formChanged() {
  if (!program) return;
  history.pushState(null, '', hashOf({ program: program.id, given: form.given, view }));
  course.formChanged(form.values, form.options);
  planProcessors();
  check().then((refusals) => form.refuse(refusals), () => {}); // a lost host has its own notice
}

function planProcessors() {
  const { processors } = form.options;
  if (typeof processors === 'number' && Number.isInteger(processors) && processors > 0) stage.plan(processors);
}

/** @param {string} [runs]   recorded ones, as an address holds them */
async function copyLink(runs) {
  if (!program) return;
  history.replaceState(null, '', hashOf({ program: program.id, given: form.given, view, recorded: runs }));
  const what = runs ? 'these runs' : 'this lesson with these values';
  try {
    await navigator.clipboard.writeText(location.href);
    say(`The address of ${what} is copied.`);
  } catch {
    say(`The address bar now names ${what}.`);
  }
}

/**
 * A suggestion sets the form. The bar with the buttons is always in view, and
 * the next thing to do is to run.
 * @param {import('./lessons/lesson.js').Next} next
 */
function choose({ label, given }) {
  form.give(new Map(Object.entries(given).map(([name, value]) => [name, [value].flat()])));
  formChanged();
  runButton.focus({ preventScroll: true });
  say(`The form is set: ${label}.`);
}

// ---- Running -----------------------------------------------------------------

/** What "Run and compare" runs here. */
const offered = () => (program && catalogue ? seatsOf(program, catalogue.machine, course.comparesStructures) : []);

function check() {
  return program ? hosts.current.check(program.id, form.values, form.options) : Promise.resolve([]);
}

/** @param {Seat[]} seats */
async function press(seats) {
  if (!program || runs.busy) return;
  const { id } = program;
  const params = form.values;
  const options = form.options;
  const requests = seats.map((seat) => (
    { seat, program: id, params, options: optionsOf(seat, options), script: false, ...course.given }));
  try {
    const reports = await runs.all(requests, async () => {
      // The form as a whole, before its first lane: the other lanes don't use its processors.
      const refusals = await check();
      if (refusals.length > 0) throw new Refused(refusals);
      form.refuse([]);
      await course.prepare(id);
      course.begin();
      keepLanesInView();
    });
    if (program?.id !== id) return;
    if (reports.length === 0) say('Stopped before anything ran.');
    else say(`${walls(seats.map((seat) => SEATS[seat]), reports)} ${course.judge()}`.trim());
  } catch (error) {
    if (error instanceof Refused) {
      form.refuse(error.refusals);
      form.focusRefused();
    }
    say(error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {string} id
 * @param {Values} params
 * @param {Options} options
 */
async function runByScript(id, params, options) {
  if (!catalogue) throw new Error('The page is not ready.');
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
  const found = catalogue?.programs.find((candidate) => candidate.id === id);
  if (!catalogue || !found) return;
  byId('lesson').hidden = false;
  byId('nowhere').hidden = true;
  byId('when').hidden = true;
  if (found !== program) show(found, catalogue.machine, new Map());
  course.begin();
  form.take(params, options);
  course.formChanged(form.values, form.options);
  form.refuse([]);
  planProcessors();
  history.replaceState(null, '', hashOf({ program: id, given: form.given, view }));
}

/** @param {boolean} busy */
function showAbility(busy) {
  const able = !busy && program !== null;
  setAble(runButton, able);
  setAble(stopButton, busy);
  stage.setRunnable(able);
}

/** @param {string} sentence */
function say(sentence) {
  byId('status').textContent = sentence;
}
