/** Updates the page while runs begin, go on and end. */
import { allProcessors, isLane, LANES, SEATS } from '../common/lanes.js';
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
  const { state, stage, course } = app;
  return {
    begin({ seat, options, params, script, program: id, round }, kept) {
      if (script) showScripted(app, id, params, options);
      const processors = options.processors ?? allProcessors(state.catalogue.machine);
      if (isLane(seat)) stage.begin(seat, Number(processors), kept);
      go(state, after(state.place, { type: 'run' }));
      state.recorded = null;
      const parallel =
        seat === 'parallel' ? processors : kept.includes('parallel') ? (state.inLanes?.processors ?? null) : null;
      state.inLanes =
        id === state.program?.id ? { params, seed: options.seed ?? DEFAULT_SEED, processors: parallel } : null;
      markDifferences(app);
      say(round ? `Round ${round.number} of ${round.of}.` : `Running ${SEATS[seat]}.`);
    },
    rest: () => stage.rest(),
    progress({ seat }, live, nowMs) {
      if (isLane(seat)) stage.progress(seat, live, nowMs);
    },
    finish({ seat }, report, times) {
      if (isLane(seat)) stage.finish(seat, report, times);
      course.update(app.runs.completed, app.runs.times);
    },
    cut({ seat }, sentence) {
      if (isLane(seat)) stage.cut(seat, sentence);
    },
    found(found) {
      course.found(found);
      for (const lane of LANES) stage.found(lane, course.sentencesAbove(lane));
    },
    busy(busy) {
      state.touched ||= busy;
      showAbility(app, busy);
    },
  };
}
