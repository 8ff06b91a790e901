// Waiting until a run has come so far, instead of for a time in which it should have.
//
//   const end = window.manyhands.run('counters', { work: 20 });   // in the page
//   await window.watched.started();
//   window.manyhands.stop();

/**
 * In a page, before its first run: sees which runs the page asks its hosts for, and what the hosts
 * tell about them. A host tells every 95 ms how far a run has come.
 */
export function watchRuns() {
  if (window.watched) return;

  /** The place of "ready" in STATES of www/common/messages.js. */
  const READY = 1;

  /** Whether a step of a run shows a task that is inside a processor or has been: only such a task runs or waits. */
  const isUnderWay = ({ open, states }) => states.task.length > 0 || open.state.some((code) => code !== READY);

  /** Those who wait for a step. */
  let waiting = [];
  /** @type {[PromiseWithResolvers<void>, boolean]} */
  let [begun, hasBegun] = [Promise.withResolvers(), false];
  /** Whoever waits already goes on waiting: for the next run, if this one was too short to be seen. */
  const nextRun = () => {
    if (hasBegun) [begun, hasBegun] = [Promise.withResolvers(), false];
  };
  const asked = { check: 0, run: 0, stop: 0 };
  const answered = { checked: 0 };

  /** @param {any} message   from a host */
  const hear = (message) => {
    if (message.type in answered) answered[message.type] += 1;
    if (message.type === 'report') nextRun();
    if (message.type !== 'progress') return;
    if (isUnderWay(message.live)) {
      hasBegun = true;
      begun.resolve();
    }
    waiting = waiting.filter(({ holds, resolve }) => {
      const done = holds(message.live);
      if (done) resolve();
      return !done;
    });
  };

  const { postMessage } = Worker.prototype;
  const heard = new WeakSet();
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.type in asked) {
      asked[message.type] += 1;
      if (!heard.has(this)) {
        heard.add(this);
        this.addEventListener('message', ({ data }) => hear(data));
      }
      if (message.type === 'run') nextRun();
    }
    return postMessage.call(this, message, ...rest);
  };

  window.watched = {
    /** How many messages of these types went to hosts, and came from them. */
    asked,
    answered,
    /** Resolves when the run that goes on, or the next one, has been inside a task. */
    started: () => begun.promise,
    /** Resolves at the first step of a run of which this holds. See `Live` in www/common/messages.js. */
    step: (holds) =>
      new Promise((resolve) => {
        waiting.push({ holds, resolve });
      }),
    /** Resolves when each check of values is answered, and the page has shown what came of it. */
    async checked() {
      do await new Promise((resolve) => setTimeout(resolve));
      while (answered.checked < asked.check);
    },
  };
}

/**
 * Waits until the run that goes on, or the next one, has been inside a task.
 *
 * @param {{evaluate: (act: () => unknown) => Promise<unknown>}} page   a page that watches its runs
 */
export const started = (page) => page.evaluate(() => window.watched.started());
