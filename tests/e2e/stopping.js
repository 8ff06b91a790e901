// Stop, and the ways in which it reaches a run. tests/measure/stop.js measures how long Stop takes.

/**
 * The ways in which Stop reaches a run. The page writes the run's number into a word in shared
 * memory. Tasks read this word at their checkpoints. The page also sends a message to the host. The
 * host also wakes sleeping tasks.
 *
 * @typedef {'word' | 'message'} Way
 */

/** Runs that Stop ends: a description, the program, its values, and the ways that suffice alone. */
export const STOPPABLE = /** @type {[string, string, object, Way[]][]} */ ([
  ['a task that computes', 'counters', { counters: 2, work: 20 }, ['word', 'message']],
  ['a task without a time slice', 'counters', { counters: 2, work: 20, timeSliceMs: 0 }, ['word', 'message']],
  ['tasks that sleep', 'greeters', { times: 100, firstDelayMs: 1000, mainWaitsMs: 10_000 }, ['message']],
  ['tasks that wait for each other', 'pool', { workers: 2, jobs: 50, jobMs: 1000 }, ['message']],
  ['requests', 'fetch', { latencyMs: 5000 }, ['message']],
  ['a parallel iterator', 'mandelbrot', { width: 2000, height: 2000, iterations: 1000 }, ['word', 'message']],
]);

/**
 * Presses Stop while a program runs, and waits for the end of the run. From the press on, the
 * page's clock stands still, so the page never replaces the host. If Stop did not end the run,
 * neither the run nor the test would end. After the run, another run shows that the page works.
 *
 * @param {{evaluate: Function}} page   a page with `window.watched`
 * @param {string} program
 * @param {object} params
 * @param {object} [options]
 * @param {Way} [way]   the only way that works; by default both work
 */
export function stopRun(page, program, params, options = {}, way) {
  return page.evaluate(
    async ([program, params, options, way]) => {
      const { postMessage } = Worker.prototype;
      const { store } = Atomics;
      const end = window.manyhands.run(program, params, options).catch((error) => error);
      await Promise.race([window.watched.started(), end]);
      if (way === 'message') /** @type {any} */ (Atomics).store = () => {};
      if (way === 'word') {
        Worker.prototype.postMessage = function (message, ...rest) {
          if (message.type !== 'stop') postMessage.call(this, message, ...rest);
        };
      }
      const standing = performance.now();
      performance.now = () => standing;
      window.manyhands.stop();
      const { outcome, message, wallMs } = await end;
      delete performance.now;
      Atomics.store = store;
      Worker.prototype.postMessage = postMessage;
      const { answer } = await window.manyhands.run('sum', {}, options);
      return { outcome, message, wallMs, total: answer.total };
    },
    [program, params, options, way],
  );
}

/**
 * Presses Stop while a task computes that has no checkpoint. The page's clock advances by 90 ms
 * with each progress message of the host. So the host never seems silent, even on a busy machine,
 * and the page can tell that the task does not answer.
 *
 * @param {{evaluate: Function}} page   a page with `window.watched`
 * @param {string} [program]
 * @param {object} [params]
 */
export function stopUnresponsive(page, program = 'runaway', params = { seconds: 60 }) {
  return page.evaluate(
    async ([program, params]) => {
      const end = window.manyhands.run(program, params);
      await window.watched.started();

      const { setTimeout, clearTimeout } = window;
      let clock = performance.now();
      /** @type {{at: number, act: () => void}[]} */
      let timers = [];
      performance.now = () => clock;
      /** @type {any} */ (window).setTimeout = (act, ms = 0, ...rest) => {
        const timer = { at: clock + ms, act: () => act(...rest) };
        timers.push(timer);
        return timer;
      };
      window.clearTimeout = (id) => {
        timers = timers.filter((timer) => timer !== id);
        if (typeof id === 'number') clearTimeout(id);
      };
      let ended = false;
      window.watched.step(() => {
        clock += 90;
        const due = timers.filter(({ at }) => at <= clock);
        timers = timers.filter(({ at }) => at > clock);
        for (const { act } of due) act();
        return ended;
      });

      window.manyhands.stop();
      const { outcome, message, wallMs, busyMs, spans } = await end;
      ended = true;
      delete performance.now;
      Object.assign(window, { setTimeout, clearTimeout });
      for (const { at, act } of timers) setTimeout(act, at - clock);
      return { outcome, message, wallMs, busyMs, startMs: [...spans.startMs], endMs: [...spans.endMs] };
    },
    [program, params],
  );
}
