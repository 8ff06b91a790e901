/** Updates the page while runs begin, go on and end. */
import { allProcessors, isLane, LANES, SLOT_NAMES } from '../common/lanes.js';
import { DEFAULT_SEED } from '../common/messages.js';
import { showAbility } from './buttons.js';
import { showScripted } from './by-script.js';
import { markDifferences } from './form-changes.js';
import { go } from './go.js';
import { after } from './place.js';
import { say } from './status.js';

/**
 * @param {import('./app.js').App} app
 * @returns {import('../run/runs.js').Listener}
 */
export function runEvents(app) {
  const { state, lanes, course } = app;
  return {
    begin({ slot, options, params, script, program: id, round }, kept) {
      if (script) showScripted(app, id, params, options);
      const processors = options.processors ?? allProcessors(state.catalogue.machine);
      if (isLane(slot)) lanes.begin(slot, Number(processors), kept);
      go(state, after(state.place, { type: 'run' }));
      state.recorded = null;
      const parallel =
        slot === 'parallel' ? processors : kept.includes('parallel') ? (state.inLanes?.processors ?? null) : null;
      state.inLanes =
        id === state.program?.id ? { params, seed: options.seed ?? DEFAULT_SEED, processors: parallel } : null;
      markDifferences(app);
      say(round ? `Round ${round.number} of ${round.of}.` : `Running ${SLOT_NAMES[slot]}.`);
    },
    whenDrawn: () => lanes.whenDrawn(),
    progress({ slot }, live, nowMs) {
      if (isLane(slot)) lanes.progress(slot, live, nowMs);
    },
    finish({ slot }, report, times) {
      if (isLane(slot)) lanes.finish(slot, report, times);
      course.update(app.runs.completed, app.runs.times);
    },
    fail({ slot }, sentence) {
      if (isLane(slot)) lanes.fail(slot, sentence);
    },
    compared(verdicts) {
      course.setVerdicts(verdicts);
      for (const lane of LANES) lanes.showFindings(lane, course.sentencesAbove(lane));
    },
    busy(busy) {
      state.touched ||= busy;
      showAbility(app, busy);
    },
  };
}
