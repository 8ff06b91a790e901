// Stop, and by which way it reaches a run. How long it takes is measured by tests/measure/stop.js.

/**
 * The ways by which Stop reaches a run. The page writes the run's number into a word of the shared
 * memory, which tasks read at their checkpoints, and it sends a message to the host, which ends the
 * run for those that sleep as well.
 *
 * @typedef {'word' | 'message'} Way
 */

/** What answers to Stop: what it is, the program, its values, and each way that reaches it alone. */
export const LISTENING = /** @type {[string, string, object, Way[]][]} */ ([
  ['a task that computes', 'counters', { counters: 2, work: 20 }, ['word', 'message']],
  ['a task without a time slice', 'counters', { counters: 2, work: 20, timeSliceMs: 0 }, ['word', 'message']],
  ['tasks that sleep', 'greeters', { times: 100, firstDelayMs: 1000, mainWaitsMs: 10_000 }, ['message']],
  ['tasks that wait for each other', 'pool', { workers: 2, jobs: 50, jobMs: 1000 }, ['message']],
  ['requests', 'fetch', { latencyMs: 5000 }, ['message']],
  ['a parallel iterator', 'mandelbrot', { width: 2000, height: 2000, iterations: 1000 }, ['word', 'message']],
]);

/**
 * Presses Stop once a program runs, and waits for its end. The page's clock stands still from the
 * press on, so that the page never loses patience: a run that does not answer by itself never ends,
 * and the test with it. Afterwards another run shows that the page works.
 *
 * @param {{evaluate: Function}} page   one that watches its runs
 * @param {string} program
 * @param {object} params
 * @param {object} [options]
 * @param {Way} [way]   the only one that is open; by default both are
 */
export function stopped(page, program, params, options = {}, way) {
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
 * Presses Stop while a task computes that never looks up. The page's clock goes on only as far as
 * its host tells of the run: the host is well, however busy the machine is, so the page can tell
 * that it is the task which does not answer.
 *
 * @param {{evaluate: Function}} page   one that watches its runs
 */
export function stoppedDeaf(page) {
  return page.evaluate(async () => {
    const end = window.manyhands.run('runaway', { seconds: 60 });
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
  });
}
