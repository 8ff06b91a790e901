/**
 * Every message between the page and its host worker, and every shape in them.
 *
 * Times are milliseconds on the run's axis, whose zero is main's first
 * instruction. A column is a typed array; the columns of one table have equal
 * length, and a task is named by its id everywhere. What may be missing has a
 * value of its own in a typed column: -1 for an id, NaN for a time, {@link NONE}
 * for a code. Columns travel by transfer, never by copy.
 *
 * Recordings hold columns and codes. Whoever changes a column or a code raises
 * the recording's version (recording/version.js says how).
 */

import FACTS from '#shared-facts' with { type: 'json' };

/** The code of "nothing" in a column of codes. */
export const NONE = 255;

/*
 * A word's place in the next four lists is its code. The lists come from Rust. Codes are fixed
 * numbers: none ever changes its meaning, and a new word comes last (crate/tests/codes.rs).
 */

/** What a task is doing. */
export const STATES = /** @type {readonly ('running' | 'ready' | 'blocked')[]} */ (FACTS.states);

/**
 * For a running state: why the task gave its processor up. For a blocked state: what it waits for.
 */
export const REASONS =
  /** @type {readonly ('yielded' | 'send' | 'receive' | 'wait group' | 'sleep' | 'io' | 'fork join' | 'ended')[]} */ (
    FACTS.reasons
  );

/** How a task came to its end. */
export const ENDINGS = /** @type {readonly ('returned' | 'main returned' | 'panicked' | 'stopped')[]} */ (
  FACTS.endings
);

/** What a task did to a channel. */
export const CHANNEL_KINDS = /** @type {readonly ('send' | 'receive' | 'close')[]} */ (FACTS.channelKinds);

/** The options that have fields of their own in every form: the number of processors, and the seed. */
export const OPTION_FIELDS = /** @type {Param[]} */ (FACTS.options);

/** The seed of a run that is given none. */
export const DEFAULT_SEED = Number(OPTION_FIELDS.find(({ name }) => name === 'seed')?.default);

/** The most processors a run may ask for. */
export const MOST_PROCESSORS = FACTS.mostProcessors;

/** The most pictures that a run can be given, and the most pixels of all of them: what it has room for. */
export const MOST_PICTURES = FACTS.mostImages;
export const MOST_PIXELS = FACTS.mostPixels;

// ---- The catalogue ---------------------------------------------------------

/** @typedef {'sequential' | 'concurrent'} Structure */

/**
 * A value of a parameter: a number, the word of a choice, or a list. What a
 * reader typed that reads as no number stays text, so that the one validation
 * can say what is wrong with it.
 * @typedef {number | string | (number | string)[]} Value
 */

/** @typedef {Record<string, Value | null>} Values   by parameter name; those left out take their defaults, and null says the same where the default is null */

/**
 * @typedef {object} Param
 * @property {string} name              as in addresses and scripts
 * @property {string} label             as beside its field
 * @property {'integer' | 'number' | 'choice' | 'list'} kind
 * @property {string} unit              "ms", or empty
 * @property {number | null} min        the limits of the number, or of each number in a list
 * @property {number | null} max
 * @property {Value | null} default     null: not given unless the reader gives it
 * @property {string[]} choices         empty unless `kind` is "choice"
 * @property {boolean} primary          shown at once, or under "More"
 * @property {string} help              one sentence
 */

/**
 * Programs come in the order of their lessons.
 * @typedef {object} Program
 * @property {string} id
 * @property {string} title
 * @property {string} lesson            what it teaches, in a few words
 * @property {string} summary           one sentence
 * @property {Structure[]} structures
 * @property {Param[]} params
 * @property {boolean} comparesTimes     whether the times of its lanes are compared
 */

/**
 * @typedef {object} Machine
 * @property {number} browserCores      logical processors, as reported by the browser
 * @property {boolean} isolated         whether memory can be shared, so that workers can take part
 * @property {number} processors        threads in the host's pool; 0 without isolation
 */

// ---- Asking for a run ------------------------------------------------------

/**
 * How to execute; what is left out takes its default. Text is what a reader
 * typed that reads as no number.
 * @typedef {object} Options
 * @property {number | string} [processors]   1 to 64; by default all
 * @property {string} [structure]             a {@link Structure}; by default "concurrent"
 * @property {number | string} [seed]         an unsigned 32-bit integer; by default 1
 */

/**
 * @typedef {object} Refusal
 * @property {string} param       a parameter's name, or "program", "processors", "structure", "seed"
 * @property {string} sentence    names the parameter and its limits
 */

// ---- What happens during a run ---------------------------------------------

/**
 * Intervals in which one processor was inside one task: the running ones of
 * the states, for scripts. They don't travel.
 * @typedef {object} Spans
 * @property {Uint32Array} processor
 * @property {Uint32Array} task
 * @property {Float64Array} startMs
 * @property {Float64Array} endMs
 */

/**
 * Intervals in which a task was in one state. One task's states are in order, and
 * so are one processor's running ones.
 * @typedef {object} States
 * @property {Uint32Array} task
 * @property {Uint8Array} state         into {@link STATES}
 * @property {Uint8Array} reason        into {@link REASONS}, or {@link NONE}
 * @property {Int32Array} channel       the channel, where the reason is "send" or "receive"; else -1
 * @property {Int32Array} processor     that ran the task, where it was running; else -1
 * @property {Int32Array} by            the task that made this one ready, or -1
 * @property {Float64Array} startMs
 * @property {Float64Array} endMs
 */

/** @typedef {{atMs: number, task: number, text: string}} OutputLine */

/**
 * The step from one drain to the next: what came to be, what closed, and what
 * is open at its end.
 * @typedef {object} Live
 * @property {{id: Uint32Array, name: string[], parent: Int32Array}} tasks   new ones; parent -1 for none
 * @property {States} states            closed since the last step
 * @property {OpenStates} open          of every task that has not ended
 * @property {OutputLine[]} output      new since the last step
 */

/**
 * @typedef {object} OpenStates
 * @property {Uint32Array} task
 * @property {Uint8Array} state         into {@link STATES}
 * @property {Uint8Array} reason        into {@link REASONS}, or {@link NONE}
 * @property {Int32Array} channel       that the task waits on, or -1
 * @property {Int32Array} processor     that runs the task, or -1
 * @property {Float64Array} startMs
 */

// ---- The report ------------------------------------------------------------

/** @typedef {'completed' | 'deadlock' | 'panicked' | 'stopped'} Outcome */

/** @typedef {any} Json   a program's own answer: read by people, not by the page */

/**
 * What a report says outside its tables.
 * @typedef {object} Figures
 * @property {string} program
 * @property {Values} params
 * @property {number} processors
 * @property {Structure} structure
 * @property {number} browserCores
 * @property {number} seed
 * @property {Outcome} outcome
 * @property {string} message           a sentence, empty when completed
 * @property {number} wallMs            from main's first instruction to main's end
 * @property {number} startupMs         from the start of the run to main's first instruction
 * @property {number} busyMs            sum over processors of time inside tasks
 * @property {OutputLine[]} output
 * @property {Json} answer              what the program computed
 * @property {Json} observed            what this run measured
 * @property {Picture[]} pictures       what the program drew
 * @property {{max: number, mean: number}} concurrency    tasks created and not ended
 * @property {{max: number, mean: number}} parallelism    processors inside a task
 * @property {number} [severalMs]       time in which more than one processor was inside a task, as far as events were kept; not in recordings
 * @property {string[]} findings
 * @property {Losses} losses
 * @property {string} lossesSentence    what follows from the largest part; may be empty
 * @property {number} switches
 * @property {number} steals
 * @property {number} events
 * @property {number} eventsDropped
 * @property {number} blurredMs of busyMs, time in which only the order of very short turns is known
 * @property {number} clockStepMs
 */

/**
 * What the page adds to a report: what disturbed the page during the run.
 * @typedef {object} Interruptions
 * @property {boolean} hidden           whether nobody could see it at some time: browsers slow such pages down
 * @property {number} pausedMs          how long it stood still: it was frozen, or the machine slept
 */

/**
 * What a program drew: four bytes a pixel, as `ImageData` has them.
 * @typedef {{name: string, width: number, height: number, pixels: Uint8ClampedArray}} Picture
 */

/**
 * Each processor's time, in parts that add up to the wall time.
 * @typedef {object} Losses
 * @property {Float64Array} insideMs        inside tasks
 * @property {Float64Array} schedulingMs    neither inside a task nor asleep
 * @property {Float64Array} idleMs          asleep for want of ready tasks
 * @property {Float64Array} tailMs          asleep after its last turn
 */

/**
 * The report as it travels: every table's columns typed. A task's row in `tasks`
 * is its id: there is a row for every id from 0 up to the largest. A task of which
 * little is known has a row all the same; `createdMs` is NaN where its creation was not kept.
 * @typedef {Figures & Interruptions & {
 *   tasks: {
 *     id: Uint32Array, name: string[], parent: Int32Array,
 *     createdMs: Float64Array, firstRunMs: Float64Array, endedMs: Float64Array,
 *     runningMs: Float64Array, readyMs: Float64Array, blockedMs: Float64Array,
 *     endedBy: Uint8Array,
 *   },
 *   states: States,
 *   channelEvents: {
 *     channel: Uint32Array, kind: Uint8Array, task: Uint32Array,
 *     operation: Uint32Array, length: Uint32Array, atMs: Float64Array,
 *   },
 * }} SentReport
 */

/**
 * The report as scripts get it: words for codes, null for what is missing.
 * Columns of numbers stay typed arrays.
 * @typedef {Figures & Interruptions & {
 *   tasks: {
 *     id: Uint32Array, name: string[], parent: (number | null)[],
 *     createdMs: (number | null)[], firstRunMs: (number | null)[], endedMs: (number | null)[],
 *     runningMs: Float64Array, readyMs: Float64Array, blockedMs: Float64Array,
 *     endedBy: (typeof ENDINGS[number] | null)[],
 *   },
 *   spans: Spans,
 *   states: {
 *     task: Uint32Array, state: typeof STATES[number][], reason: (typeof REASONS[number] | null)[],
 *     channel: (number | null)[], processor: (number | null)[], by: (number | null)[],
 *     startMs: Float64Array, endMs: Float64Array,
 *   },
 *   channelEvents: {
 *     channel: Uint32Array, kind: typeof CHANNEL_KINDS[number][], task: Uint32Array,
 *     operation: Uint32Array, length: Uint32Array, atMs: Float64Array,
 *   },
 * }} Report
 */

// ---- Comparing lanes -------------------------------------------------------

/**
 * What the step from one lane to another shows. The sentence and the lessons' feedback both follow
 * `kind`; crate/src/report/sentences/verdict.rs says what each one means.
 * @typedef {object} StepVerdict
 * @property {'structure' | 'execution'} step
 * @property {{structure: Structure, processors: number}} from
 * @property {{structure: Structure, processors: number}} to
 * @property {'saved' | 'longer' | 'nothing' | 'small' | 'other cause' | 'busy' | 'spread' | 'too short'
 *   | 'answers' | 'single task' | 'oversubscribed'} kind
 * @property {number} beforeMs     median time of the first lane
 * @property {number} afterMs      median time of the second lane
 * @property {number} leastMs      the smallest difference that can be claimed
 * @property {boolean} uneven      whether the same computing needed clearly more processor time in one of them
 * @property {string} sentence
 */

// ---- Scaling ---------------------------------------------------------------

/**
 * What runs with one number of processors took. Null: no number.
 * @typedef {object} ScalingPoint
 * @property {number} processors
 * @property {number} medianMs
 * @property {number} leastMs
 * @property {number} mostMs
 * @property {number | null} speedup
 * @property {number | null} efficiency
 * @property {number | null} karpFlatt      the serial share that this point alone would have
 * @property {boolean} oversubscribed
 */

/**
 * Laws fitted to points. Where the work grows, `serial` and `amdahl` are Gustafson's.
 * @typedef {object} Laws
 * @property {number} serial
 * @property {number} serialError           one standard error
 * @property {{sigma: number, kappa: number} | null} usl   contention and coherency; null where the work grows
 * @property {Prediction[]} predictions      for numbers of processors beyond those measured
 * @property {Prediction[]} curve            the laws as curves, from one processor to the most that is shown
 */

/**
 * The speed-up that the laws give for a number of processors. On a curve that number need not be whole.
 * @typedef {{processors: number, amdahl: number, usl: number | null}} Prediction
 */

/**
 * @typedef {object} Scaling
 * @property {ScalingPoint[]} points        by number of processors
 * @property {Laws | null} laws
 * @property {string | null} whyNot         a sentence, where there are no laws
 * @property {boolean} growing              whether the work grew with the processors
 */

// ---- The messages ----------------------------------------------------------

/**
 * From the page to the host. `open` comes first and once; a host's pool keeps
 * its size, so that more processors mean another host. `id` is the page's own
 * number for a request, and comes back in every answer to it. `pictures` are the
 * reader's own, for a program that works on some. No lane shows an `unseen` run, so that
 * nothing is compared with it. `reach` asks whether the site's service worker
 * answers the host's requests, or comes to do so within a time. `soFar` asks for the report on a
 * run that was stopped and goes on all the same.
 * @typedef {{type: 'open', processors: number, poolWithinMs: number}
 *   | {type: 'check', id: number, program: string, params: Values, options: Options}
 *   | {type: 'run', id: number, program: string, params: Values, options: Options, pictures?: Picture[], unseen?: boolean}
 *   | {type: 'reach', id: number, limitMs: number}
 *   | {type: 'stop', id: number}
 *   | {type: 'soFar', id: number, run: number}
 *   | {type: 'compare', id: number, runs: number[]}
 *   | {type: 'scale', id: number, processors: number[], wallMs: number[], growing: boolean}} ToHost
 */

/**
 * From the host to the page. `open` is answered by `ready` or `failed`; `run` by
 * `refused`, or by any number of `progress` and one `report`. `failed`
 * may also come later: then this host is of no more use. `failing` comes before a
 * last `progress`, which a fault may keep from ever being made. `stopWord` is memory of the host's
 * that both sides see: the page writes the number of a run that is to stop.
 * @typedef {{type: 'ready', machine: Machine, programs: Program[], stopWord?: Int32Array}
 *   | {type: 'failing', sentence: string}
 *   | {type: 'failed', sentence: string}
 *   | {type: 'checked', id: number, refusals: Refusal[]}
 *   | {type: 'refused', id: number, refusals: Refusal[]}
 *   | {type: 'reached', id: number, answered: boolean}
 *   | {type: 'progress', id: number, nowMs: number, live: Live}
 *   | {type: 'report', id: number, report: Omit<SentReport, keyof Interruptions>}
 *   | {type: 'toldSoFar', id: number, report: Omit<SentReport, keyof Interruptions>}
 *   | {type: 'compared', id: number, verdicts: StepVerdict[]}
 *   | {type: 'scaled', id: number, scaling: Scaling}
 *   | {type: 'beat'}} FromHost
 */
