// Functions that wait until a run has reached a state. Tests use them instead of fixed times.
//
//   const end = window.manyhands.run('counters', { work: 20 });   // in the page
//   await window.watched.started();
//   window.manyhands.stop();

/**
 * Installs `window.watched` in a page. It observes the messages to hosts and from hosts. This
 * function must be called before the page's first run. A host reports a run's progress every 95 ms.
 */
export function watchRuns() {
  if (window.watched) return;

  /** The index of "ready" in STATES of www/common/messages.js. */
  const READY = 1;

  /**
   * Returns whether a step of a run shows that a task is or was inside a processor. A task can be
   * running or blocked only after it was inside a processor.
   */
  const isUnderWay = ({ open, states }) => states.task.length > 0 || open.state.some((code) => code !== READY);

  /** The callers that wait for a step. */
  let waiting = [];
  /** @type {[PromiseWithResolvers<void>, boolean]} */
  let [begun, hasBegun] = [Promise.withResolvers(), false];
  /**
   * Makes later calls of `started` wait for the next run. Earlier calls also wait for the next run
   * if the last run was too short to report a step.
   */
  const nextRun = () => {
    if (hasBegun) [begun, hasBegun] = [Promise.withResolvers(), false];
  };
  const asked = { check: 0, run: 0, stop: 0 };
  const answered = { checked: 0 };

  /** @param {any} message   a message from a host */
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
    /**
     * Counts of messages by type: `asked` for messages to hosts, `answered` for those from hosts.
     */
    asked,
    answered,
    /** Resolves when a task of the current run, or of the next run, has been inside a processor. */
    started: () => begun.promise,
    /** Resolves at the first step (`Live` of www/common/messages.js) for which `holds` is true. */
    step: (holds) =>
      new Promise((resolve) => {
        waiting.push({ holds, resolve });
      }),
    /** Resolves when the host has answered each check of values, and the page shows the results. */
    async checked() {
      do await new Promise((resolve) => setTimeout(resolve));
      while (answered.checked < asked.check);
    },
  };
}

/**
 * Waits until a task of the current run, or of the next run, has been inside a processor.
 *
 * @param {{evaluate: (act: () => unknown) => Promise<unknown>}} page   a page with `window.watched`
 */
export const started = (page) => page.evaluate(() => window.watched.started());
