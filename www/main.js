/**
 * The page's story: open a host; when it is ready show the lesson that the
 * address names; check what is typed; run the lanes one after another; say what
 * came of it. Everything that measures or schedules is on the other side of the
 * messages.
 *
 * @typedef {import('./lanes.js').Lane} Lane
 * @typedef {import('./messages.js').Machine} Machine
 * @typedef {import('./messages.js').Options} Options
 * @typedef {import('./messages.js').Program} Program
 * @typedef {import('./messages.js').SentReport} SentReport
 * @typedef {import('./messages.js').Values} Values
 */
import { hashOf, isPlace, placeOf } from './address.js';
import { apiOf } from './api.js';
import { Frame } from './frame.js';
import { Refused } from './host-link.js';
import { Hosts } from './hosts.js';
import { isRecord } from './portable.js';
import { allProcessors, laneOf, LANES, optionsOf } from './lanes.js';
import { lessonOf } from './lessons.js';
import { Runs } from './runs.js';
import { byId, setAble } from './view/dom.js';
import { Form } from './view/form.js';
import { TITLES } from './view/lane-view.js';
import { showLegend } from './view/legend.js';
import { Question } from './view/question.js';
import { fillRail, markInRail } from './view/rail.js';
import { Stage } from './view/stage.js';
import { themeButton } from './view/theme.js';
import { count, list, time } from './words.js';

const FIRST = 'kitchen';

/** @type {{machine: Machine, programs: Program[]} | null} */
let catalogue = null;
/** @type {Program | null} */
let program = null;

const runButton = byId('run');
const stopButton = byId('stop');

const frame = new Frame();
const stage = new Stage(byId('lanes'), frame, (lane) => press([lane]));
const form = new Form(byId('form'), formChanged);
const question = new Question(byId('question'), byId('feedback'));

/** @type {(machine: Machine) => void} */
let isReady = () => {};
/** @type {Promise<Machine>} */
const ready = new Promise((resolve) => { isReady = resolve; });

const hosts = new Hosts(opened, lost);
const runs = new Runs(hosts, {
  begin({ lane, options, params, script, program: id }, kept) {
    if (script) showScripted(id, params, options);
    const machine = catalogue?.machine;
    if (machine) stage.begin(lane, Number(options.processors ?? allProcessors(machine)), kept);
    say(`Running ${TITLES[lane]}.`);
  },
  progress: ({ lane }, live, nowMs) => stage.progress(lane, live, nowMs),
  finish: ({ lane }, report) => stage.finish(lane, report),
  cut: ({ lane }, sentence) => stage.cut(lane, sentence),
  found: (below, findings) => stage.found(below, findings),
  busy: showAbility,
});

Object.assign(window, { manyhands: apiOf({
  ready,
  programs: () => catalogue?.programs ?? null,
  run: runByScript,
  stop: () => runs.stop(),
}) });

byId('tools').prepend(themeButton(() => stage.recolour()));
byId('link').addEventListener('click', copyLink);
runButton.addEventListener('click', () => press(LANES.filter(isOffered)));
stopButton.addEventListener('click', () => runs.stop());
byId('form').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) press(LANES.filter(isOffered));
});
byId('again').addEventListener('click', () => {
  byId('lost').hidden = true;
  say('Starting again.');
  hosts.replace('Another worker has taken over.');
});
addEventListener('hashchange', route);
showAbility(false);
showWords(placeOf(location.hash).program || FIRST, ''); // the lesson can be read while its host starts

// ---- The host ----------------------------------------------------------------

/**
 * @param {Machine} machine
 * @param {Program[]} programs
 */
function opened(machine, programs) {
  const first = catalogue === null;
  catalogue = { machine, programs };
  byId('lost').hidden = true;
  if (first) {
    fillRail(byId('lessons'), catalogue.programs);
    route();
    say(`Ready. This browser reports ${count(machine.browserCores, ['processor', 'processors'])}.`);
  }
  showAbility(runs.busy);
  isReady(machine);
}

/** @param {Error} error */
function lost(error) {
  byId('lost-sentence').textContent = error.message;
  byId('lost').hidden = false;
  say(error.message);
}

// ---- Where we are ------------------------------------------------------------

async function route() {
  if (!catalogue || !isPlace(location.hash)) return;
  const place = placeOf(location.hash);
  const id = place.program || FIRST;
  const found = catalogue.programs.find((candidate) => candidate.id === id);
  byId('lesson').hidden = !found;
  byId('nowhere').hidden = !!found;
  if (!found) {
    runs.leave();
    program = null;
    markInRail(byId('lessons'), '');
    const refusals = await hosts.current.check(id, {}, {});
    byId('nowhere-sentence').textContent = refusals.map(({ sentence }) => sentence).join(' ');
    return;
  }
  if (found === program) {
    form.give(place.given);
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
  const lesson = showWords(found.id, found.summary);
  document.title = `${found.title} · Many Hands`;
  byId('title').textContent = `${found.title}: ${found.lesson}`;
  form.show(found, machine, lesson.worker, given);
  stage.show(found, lesson, machine);
  markInRail(byId('lessons'), found.id);
  showAbility(runs.busy);
}

/**
 * @param {string} id
 * @param {string} summary
 */
function showWords(id, summary) {
  const lesson = lessonOf(id, summary);
  byId('claim').textContent = lesson.claim;
  byId('text').textContent = lesson.text;
  question.show(lesson.question);
  showLegend(byId('legend'), lesson);
  return lesson;
}

function formChanged() {
  if (!program) return;
  history.pushState(null, '', hashOf({ program: program.id, given: form.given }));
  planProcessors();
  check().then((refusals) => form.refuse(refusals), () => {}); // a lost host has its own notice
}

function planProcessors() {
  const { processors } = form.options;
  if (typeof processors === 'number' && Number.isInteger(processors) && processors > 0) stage.plan(processors);
}

async function copyLink() {
  if (!program) return;
  const hash = hashOf({ program: program.id, given: form.given });
  history.replaceState(null, '', hash);
  try {
    await navigator.clipboard.writeText(location.href);
    say('The address of this lesson with these values is copied.');
  } catch {
    say('The address bar now names this lesson with these values.');
  }
}

// ---- Running -----------------------------------------------------------------

/** @param {Lane} lane */
function isOffered(lane) {
  if (lane === 'sequential') return !!program?.structures.includes('sequential');
  return lane === 'concurrent' || !!catalogue?.machine.isolated;
}

function check() {
  return program ? hosts.current.check(program.id, form.values, form.options) : Promise.resolve([]);
}

/** @param {Lane[]} lanes */
async function press(lanes) {
  if (!program || runs.busy) return;
  const { id } = program;
  const params = form.values;
  const options = form.options;
  const requests = lanes.map((lane) => (
    { lane, program: id, params, options: optionsOf(lane, options), script: false }));
  try {
    const reports = await runs.all(requests, async () => {
      // The form as a whole, before its first lane: the other lanes don't use its processors.
      const refusals = await check();
      if (refusals.length > 0) throw new Refused(refusals);
      form.refuse([]);
      question.clear();
      keepInView();
    });
    if (program?.id === id) say(`${summary(lanes, reports)} ${question.judge(runs.completed)}`.trim());
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
  // With the defaults, so that the lanes know which runs are of the same values.
  const defaults = Object.fromEntries((known?.params ?? []).flatMap((param) => (
    param.default === null ? [] : [[param.name, param.default]])));
  const lane = laneOf(options, catalogue.machine);
  const all = isRecord(params) ? { ...defaults, ...params } : params;
  const [report] = await runs.all([{ lane, program: id, params: all, options, script: true }]);
  if (!report) throw new Error('The run was stopped before it began.');
  if (program?.id === id) say(summary([lane], [report]));
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
  if (found !== program) show(found, catalogue.machine, new Map());
  question.clear();
  form.take(params, options);
  form.refuse([]);
  planProcessors();
  history.replaceState(null, '', hashOf({ program: id, given: form.given }));
}

/**
 * @param {Lane[]} lanes
 * @param {SentReport[]} reports
 */
function summary(lanes, reports) {
  const parts = reports.map((report, i) => {
    const outcome = report.outcome === 'completed' ? '' : ` (${report.outcome})`;
    return `${TITLES[lanes[i] ?? 'concurrent']} ${time(report.wallMs)}${outcome}`;
  });
  return `${list(parts)}.`;
}

/** @param {boolean} busy */
function showAbility(busy) {
  const able = !busy && program !== null;
  setAble(runButton, able);
  setAble(stopButton, busy);
  stage.setRunnable(able);
}

/** The lanes are what there is to see now, with the buttons and the status above them. */
function keepInView() {
  const { top, bottom } = byId('lanes').getBoundingClientRect();
  if (bottom <= innerHeight) return;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  scrollTo({ top: scrollY + top - byId('actions').offsetHeight, behavior: calm ? 'auto' : 'smooth' });
}

/** @param {string} sentence */
function say(sentence) {
  byId('status').textContent = sentence;
}
