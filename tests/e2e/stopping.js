// How long it takes from Stop to a page that can run again.

/** From the press on, at most this for what looks up now and then, and for what never does. */
export const STOP_MS = { listening: 300, deaf: 5000 };

/**
 * Presses Stop while a program runs; returns how the run ended and how long until the page had
 * run something else.
 */
export async function stopped(page, program, params, options = {}) {
  return page.evaluate(async ([program, params, options]) => {
    const end = window.manyhands.run(program, params, options).catch((error) => error);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const pressed = performance.now();
    window.manyhands.stop();
    const { outcome, message, wallMs, busyMs, spans, output } = await end;
    const { answer } = await window.manyhands.run('sum', {}, options);
    const usableMs = performance.now() - pressed;
    return { outcome, message, wallMs, busyMs, spans: spans && [...spans.endMs], output, usableMs, total: answer.total };
  }, [program, params, options]);
}

/** What stops soon: what it is, the program, its values. */
export const LISTENING = [
  ['a task that computes', 'counters', { counters: 2, work: 20 }],
  ['a task without a time slice', 'counters', { counters: 2, work: 20, timeSliceMs: 0 }],
  ['tasks that sleep', 'greeters', { times: 100, firstDelayMs: 1000, mainWaitsMs: 10_000 }],
  ['tasks that wait for each other', 'pool', { workers: 2, jobs: 50, jobMs: 1000 }],
  ['requests', 'fetch', { latencyMs: 5000 }],
  ['a parallel iterator', 'mandelbrot', { width: 2000, height: 2000, iterations: 1000 }],
];
