/**
 * The page's entry point. It makes the parts of the page and connects them. The page shows the
 * lesson that the URL names, and starts the workers meanwhile. The page checks what is typed, runs
 * the lanes one after another, and says what the runs show. The code that measures and schedules
 * runs in the workers.
 *
 * @typedef {import('./page/app.js').App} App
 */
import { byId, make } from './common/dom.js';
import { Frame } from './common/frame.js';
import { Course } from './course/course.js';
import { Form } from './form/form.js';
import { Lanes } from './lanes/lanes.js';
import { apiOf } from './page/api.js';
import { State } from './page/app.js';
import { recolour, showRecording } from './page/articles.js';
import { offeredSlots } from './page/buttons.js';
import { runByScript } from './page/by-script.js';
import { machineSoFar, programsFor } from './page/catalogue.js';
import { linkCode } from './page/code-links.js';
import { check, choose, formChanged } from './page/form-changes.js';
import { hostLost, hostOpened, startAgain } from './page/host-events.js';
import { seekIsolation } from './page/isolation.js';
import { copyLink, route, setView } from './page/navigation.js';
import { networkFor } from './page/network.js';
import { placeAt } from './page/place.js';
import { printLight } from './page/print.js';
import { projectorButton } from './page/projector.js';
import { fillRail } from './page/rail.js';
import { runEvents } from './page/run-events.js';
import { keepLanesInView, skipToArticle } from './page/scroll.js';
import { say } from './page/status.js';
import { themeButton } from './page/theme.js';
import { addTools } from './page/tools.js';
import { opening } from './recording/opening.js';
import { Hosts } from './run/hosts.js';
import { presser, ROUNDS } from './run/press.js';
import { Runs } from './run/runs.js';

// ---- The parts of the page ---------------------------------------------------

const machine = machineSoFar();
const programs = programsFor(machine.browserCores);
const state = new State({ machine, programs }, placeAt(location.hash, programs).place);
const frame = new Frame();
/** The parts are added below. A part calls other parts only after all parts have been added. */
const app = /** @type {App} */ ({ state, frame });

/** @type {Promise<import('./common/messages.js').Machine>} */
const ready = new Promise((resolve) => {
  app.isReady = resolve;
});

const lanes = (app.lanes = new Lanes(byId('lanes'), frame, (lane) => app.press([lane])));
const form = (app.form = new Form(byId('form'), () => formChanged(app)));
const course = (app.course = new Course(
  (next) => choose(app, next),
  say,
  lanes,
  () => networkFor(app.hosts.current),
));
const hosts = (app.hosts = new Hosts((machine, programs) => hostOpened(app, machine, programs), hostLost));
const runs = (app.runs = new Runs(hosts, runEvents(app)));
const files = (app.files = opening((recording, address) => showRecording(app, recording, address), say));
addTools(app);
linkCode(app);

// ---- What a reader presses ---------------------------------------------------

const press = (app.press = presser({
  program: () => state.program,
  runs,
  course,
  form,
  check: () => check(app),
  begin: keepLanesInView,
  say,
  wait: () => {
    if (!state.hasOpened) say('The workers are getting ready. The run starts as soon as they are.');
  },
}));
byId('run').addEventListener('click', () => press(offeredSlots(app)));
byId('run-many').addEventListener('click', () => press(offeredSlots(app), ROUNDS));
byId('stop').addEventListener('click', () => runs.stop());
byId('again').addEventListener('click', () => startAgain(app));
byId('form').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) press(offeredSlots(app));
});
byId('form').addEventListener('input', () => {
  state.touched = true;
});
byId('link').addEventListener('click', () => copyLink(app));
document.querySelector('.skip')?.addEventListener('click', skipToArticle);
byId('tools').prepend(
  projectorButton(() => setView(app, state.place.view ? '' : 'projector')),
  themeButton(() => recolour(app)),
);
byId('tools').append(
  make(
    'button',
    { type: 'button', class: 'quiet', click: files.ask },
    'Open',
    make('span', { class: 'unseen-when-narrow' }, ' recording'),
  ),
  files.input,
);
printLight(() => {
  recolour(app);
  frame.paint();
});

// ---- What a script calls -----------------------------------------------------

Object.assign(window, {
  manyhands: apiOf({
    ready,
    programs: () => (state.hasOpened ? state.catalogue.programs : null),
    run: (id, params, options) => runByScript(app, id, params, options),
    stop: () => runs.stop(),
  }),
});

// ---- Where the page begins ---------------------------------------------------

addEventListener('hashchange', () => route(app));
// A reader who leaves no longer needs the run. If the browser keeps the page for Back, nothing
// should run in it.
addEventListener('pagehide', () => runs.stop());
fillRail(byId('lessons'), programs);
route(app);
seekIsolation(
  () => !state.touched,
  () => state.hasOpened && !runs.busy,
);
