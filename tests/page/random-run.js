// Random runs in the form in which a host reports runs. Their tasks are ready, run on a free
// processor, wait, and send values. The runs are computed, not measured, so they can have any size.

/** Returns a generator of numbers in [0, 1). The same seed gives the same numbers. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const RUNNING = 0;
const READY = 1;
const BLOCKED = 2;
const NONE = 255;
const ENDED = 7;
const NO_PLACE = 65535;

/** The places of a random run. Each reason has a place, and the last place starts tasks. */
const PLACES = [3, 5, 8, 13].map((line) => ({ file: 'random.rs', line }));
const placeOf = (reason) => (reason === ENDED ? NO_PLACE : reason === NONE ? 3 : reason % 3);

/**
 * Returns a run with about `spans` spans, which are running states. The states of each task leave
 * no gap, and no processor runs two tasks at once.
 * @param {{seed: number, spans: number, tasks?: number, processors?: number}} wanted
 * @returns {import('../../www/common/messages.js').SentReport}
 */
export function randomRun({ seed, spans: wanted, tasks = 8, processors = 2 }) {
  const next = random(seed);
  const free = new Float64Array(processors);
  /** @type {{at: number, turns: number, why?: [number, number], by?: number}[]} */
  const life = Array.from({ length: tasks }, () => ({
    at: 0,
    turns: Math.max(1, Math.round((wanted / tasks) * (0.5 + next()))),
  }));
  const states = {
    task: [],
    state: [],
    reason: [],
    channel: [],
    processor: [],
    by: [],
    fromPlace: [],
    startMs: [],
    endMs: [],
  };
  const events = [];
  const state = (task, kind, [reason, channel], processor, by, start, end, from = NO_PLACE) => {
    states.task.push(task);
    states.state.push(kind);
    states.reason.push(reason);
    states.channel.push(channel);
    states.processor.push(processor);
    states.by.push(by);
    states.fromPlace.push(processor < 0 ? NO_PLACE : from);
    states.startMs.push(start);
    states.endMs.push(end);
  };
  let turns = 0;
  const runningMs = new Float64Array(tasks);
  const readyMs = new Float64Array(tasks);
  const blockedMs = new Float64Array(tasks);
  const waiting = life.map((_, task) => task);
  let busyMs = 0;
  let sent = 0;
  let received = 0;
  let operation = 0;
  while (waiting.length > 0) {
    // The processor that is free first takes a task: the one of the first eight waiting tasks that
    // became ready first.
    let place = 0;
    for (let i = 1; i < waiting.length && i < 8; i++) if (life[waiting[i]].at < life[waiting[place]].at) place = i;
    const task = waiting[place];
    const own = life[task];
    const processor = free.indexOf(Math.min(...free));
    const start = Math.max(own.at, free[processor]);
    const end = start + (next() < 0.02 ? next() * 2 : next() * 0.02);
    if (start > own.at) {
      state(task, READY, own.why ?? [NONE, -1], -1, own.by ?? -1, own.at, start);
      readyMs[task] += start - own.at;
    }
    own.turns--;
    const sends = next() < 0.3;
    if (sends && sent - received < 4)
      events.push([0, 0, task, operation++, ++sent - received, start + (end - start) * next()]);
    else if (received < sent) events.push([0, 1, task, operation++, sent - ++received, start + (end - start) * next()]);
    const waits = next() >= 0.5;
    // Tasks wait on channels 0, 1 and 2, but all values are sent on channel 0.
    /** @type {[number, number]} the reason, and the channel or -1 */
    const why =
      own.turns === 0
        ? [ENDED, -1]
        : !waits
          ? [0, -1]
          : next() < 0.4
            ? [next() < 0.5 ? 1 : 2, Math.floor(next() * 3)]
            : [4, -1];
    turns++;
    state(task, RUNNING, why, processor, -1, start, end, placeOf(own.why?.[0] ?? NONE));
    runningMs[task] += end - start;
    busyMs += end - start;
    free[processor] = own.at = end;
    own.why = why;
    own.by = -1;
    if (own.turns > 0 && waits) {
      own.at = end + next() * 0.05;
      own.by = next() < 0.5 ? Math.floor(next() * tasks) : -1;
      state(task, BLOCKED, why, -1, -1, end, own.at);
      blockedMs[task] += own.at - end;
    }
    if (own.turns === 0) waiting.splice(place, 1);
  }
  const wallMs = Math.max(...life.map(({ at }) => at), ...free);
  const float = (list) => Float64Array.from(list);
  const mean = (sum) => sum / wallMs;
  const column = (at, Type) => Type.from(events, (event) => event[at]);
  const total = (column) => column.reduce((a, b) => a + b, 0);
  return {
    program: 'random',
    params: { tasks, listed: [1, 2] },
    processors,
    structure: 'concurrent',
    browserCores: processors,
    seed,
    outcome: 'completed',
    message: '',
    wallMs,
    startupMs: 1,
    busyMs,
    output: [
      { atMs: wallMs / 2, task: 0, stream: 1, text: 'half-way, “quoted”\n' },
      { atMs: wallMs, task: null, stream: 2, text: '' },
    ],
    answer: { sum: 3 },
    observed: {},
    images: [],
    places: PLACES,
    concurrency: { max: tasks, mean: mean(total(runningMs) + total(readyMs) + total(blockedMs)) },
    parallelism: { max: processors, mean: mean(busyMs) },
    losses: {
      insideMs: float(free),
      schedulingMs: float(free),
      collectingMs: float(free),
      idleMs: float(free),
      tailMs: float(free),
    },
    lossesSentence: 'a sentence',
    findings: ['a sentence'],
    switches: turns,
    steals: 0,
    events: 1,
    eventsDropped: 0,
    droppedBytes: { stdout: 3, stderr: 0 },
    blurredMs: 0,
    clockStepMs: 0.005,
    hidden: false,
    pausedMs: 0,
    tasks: {
      id: Uint32Array.from(life, (_, task) => task),
      name: life.map((_, task) => (task === 0 ? 'main' : `task ${task}`)),
      parent: Int32Array.from(life, (_, task) => (task === 0 ? -1 : 0)),
      place: Uint16Array.from(life, (_, task) => (task === 0 ? NO_PLACE : 3)),
      createdMs: new Float64Array(tasks),
      firstRunMs: float(life.map(() => 0)),
      endedMs: float(life.map(({ at }) => at)),
      runningMs,
      readyMs,
      blockedMs,
      endedBy: new Uint8Array(tasks),
    },
    states: {
      task: Uint32Array.from(states.task),
      state: Uint8Array.from(states.state),
      reason: Uint8Array.from(states.reason),
      channel: Int32Array.from(states.channel),
      processor: Int32Array.from(states.processor),
      by: Int32Array.from(states.by),
      place: Uint16Array.from(states.reason, placeOf),
      fromPlace: Uint16Array.from(states.fromPlace),
      byPlace: Uint16Array.from(states.by, (by) => (by < 0 ? NO_PLACE : 1)),
      startMs: float(states.startMs),
      endMs: float(states.endMs),
    },
    channelEvents: {
      channel: column(0, Uint32Array),
      kind: column(1, Uint8Array),
      task: column(2, Uint32Array),
      operation: column(3, Uint32Array),
      length: column(4, Uint32Array),
      place: Uint16Array.from(events, ([, kind]) => kind),
      atMs: column(5, Float64Array),
    },
  };
}
