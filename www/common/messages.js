/**
 * Every message between the page and its host worker, and every shape in the messages.
 *
 * Times are in milliseconds from main's first instruction. A column is a typed array, and the
 * columns of one table have equal length. Messages refer to a task by its id.
 * In a typed column a missing value is -1 for an id, NaN for a time, {@link NONE} for a code and
 * {@link NO_PLACE} for a place.
 * Columns are transferred, never copied.
 *
 * Recordings hold columns and codes. A change of a column or a code needs a new version of
 * recordings (recording/version.js lists the steps).
 */

import FACTS from '#shared-facts' with { type: 'json' };

/** The code in a column of codes that means "nothing". @type {number} */
export const NONE = FACTS.noCode;

/** The number in a column of places that means "no place", or a place that is not known. @type {number} */
export const NO_PLACE = FACTS.noPlace;

/*
 * In the next four lists, the index of a word is the word's code. The lists come from Rust. A code
 * never changes its meaning, so a new word is added at the end of a list. crate/tests/codes.rs
 * checks the codes.
 */

/** What a task is doing. */
export const STATES = /** @type {readonly ('running' | 'ready' | 'blocked')[]} */ (FACTS.states);

/**
 * For a running state: why the task gave up its processor. For a blocked state: what the task
 * waits for.
 */
export const REASONS =
  /** @type {readonly ('yielded' | 'send' | 'receive' | 'wait group' | 'sleep' | 'io' | 'fork join' | 'ended' | 'select' | 'mutex' | 'condition' | 'semaphore' | 'nil channel' | 'collector' | 'call')[]} */ (
    FACTS.reasons
  );

/** How a task ended. */
export const ENDINGS = /** @type {readonly ('returned' | 'main returned' | 'panicked' | 'stopped')[]} */ (
  FACTS.endings
);

/** What a task did to a channel. */
export const CHANNEL_KINDS = /** @type {readonly ('send' | 'receive' | 'close')[]} */ (FACTS.channelKinds);

/** The ids of the programs that run a guest: a module that is not part of the site. */
export const GUEST_PROGRAMS = /** @type {readonly string[]} */ (FACTS.guestPrograms);

/** The options that have a field in every form: the number of processors, and the seed. */
export const OPTION_FIELDS = /** @type {Param[]} */ (FACTS.options);

/** The seed of a run whose options have no seed. */
export const DEFAULT_SEED = Number(OPTION_FIELDS.find(({ name }) => name === 'seed')?.default);

/** The maximum number of processors that a run may ask for. */
export const MOST_PROCESSORS = FACTS.mostProcessors;

/**
 * The maximum number of images that a run can be given, and the maximum number of pixels in all
 * images of a run together.
 */
export const MOST_IMAGES = FACTS.mostImages;
export const MOST_PIXELS = FACTS.mostPixels;

// ---- The catalogue ---------------------------------------------------------

/** @typedef {'sequential' | 'concurrent'} Structure */

/**
 * A value of a parameter: a number, the word of a choice, or a list. A text that can't be read as
 * a number stays text, and the validation in Rust says what is wrong with the text.
 * @typedef {number | string | (number | string)[]} Value
 */

/**
 * The values of parameters, by the parameters' names. A parameter that is left out has its default.
 * If the default is null, the value null has the same effect as leaving the parameter out.
 * @typedef {Record<string, Value | null>} Values
 */

/**
 * @typedef {object} Param
 * @property {string} name              the name in URLs and scripts
 * @property {string} label             the text beside the field in the form
 * @property {'integer' | 'number' | 'choice' | 'list' | 'text'} kind
 * @property {string} unit              for example "ms"; may be empty
 * @property {number | null} min        the limits of the number, or of each number in a list
 * @property {number | null} max
 * @property {Value | null} default     null: there is no value unless the reader enters one
 * @property {string[]} choices         empty unless `kind` is "choice"
 * @property {boolean} primary          true: always shown; false: shown under "More"
 * @property {string} help              one sentence
 */

/**
 * A program of the catalogue. The catalogue lists the programs in the order of the lessons.
 * @typedef {object} Program
 * @property {string} id
 * @property {string} title
 * @property {string} lesson            what the program teaches, in a few words
 * @property {string} summary           one sentence
 * @property {Structure[]} structures
 * @property {Param[]} params
 * @property {string} file              the file with the code, in the form of a {@link SourceLine}
 * @property {boolean} comparesTimes     whether the page compares the times of the lanes
 */

/**
 * @typedef {object} Machine
 * @property {number} browserCores      the number of logical processors that the browser reports
 * @property {boolean} isolated         whether workers can share memory, which runs on workers need
 * @property {number} processors        number of threads in the host's pool; 0 without isolation
 */

// ---- Asking for a run ------------------------------------------------------

/**
 * How to execute a program. An option that is left out has its default. A typed text that can't be
 * read as a number stays text.
 * @typedef {object} Options
 * @property {number | string} [processors]   1 to 64; by default all processors
 * @property {string} [structure]             a {@link Structure}; by default "concurrent"
 * @property {number | string} [seed]         an unsigned 32-bit integer; by default 1
 */

/**
 * @typedef {object} Refusal
 * @property {string} param       a parameter's name, or "program", "processors", "structure", "seed"
 * @property {string} sentence    an error message that names the parameter and its limits
 */

// ---- What happens during a run ---------------------------------------------

/**
 * Intervals in which one processor was inside one task, for scripts. The page makes them from the
 * running states, and no message contains them.
 * @typedef {object} Spans
 * @property {Uint32Array} processor
 * @property {Uint32Array} task
 * @property {Float64Array} startMs
 * @property {Float64Array} endMs
 */

/**
 * Intervals in which a task was in one state. The states of one task are in order of time, and so
 * are the running states of one processor.
 * @typedef {object} States
 * @property {Uint32Array} task
 * @property {Uint8Array} state         an index into {@link STATES}
 * @property {Uint8Array} reason        an index into {@link REASONS}, or {@link NONE}
 * @property {Int32Array} channel       the channel, if the reason is "send" or "receive"; else -1
 * @property {Int32Array} processor     the processor, if the state is "running"; else -1
 * @property {Int32Array} by            for a ready state, the task that made `task` ready, or -1
 * @property {Uint16Array} place        the place of the reason: where the task stopped, waits, or was started
 * @property {Uint16Array} fromPlace    for a running state, the place from which the task went on
 * @property {Uint16Array} byPlace      for a ready state, the place at which `by` made `task` ready
 * @property {Float64Array} startMs
 * @property {Float64Array} endMs
 */

/**
 * A text that a task wrote with one call. A character whose bytes are in several chunks belongs to
 * the chunk with the last of its bytes, so a text may be empty. A run keeps the first 131,072 chunks
 * as they were written. Later texts of a stream are joined to larger chunks, each with the time of
 * its beginning.
 * @typedef {object} OutputChunk
 * @property {number} atMs
 * @property {number | null} task   null: several tasks wrote this chunk
 * @property {1 | 2} stream         1: standard output; 2: standard error
 * @property {string} text          a line ends with a line break
 */

/**
 * A line of the program's source. A report has a table of such lines, the table of places. A column
 * of places holds indices of this table. `line` counts from 1.
 * @typedef {{file: string, line: number}} SourceLine
 */

/**
 * What happened between two drains: the tasks that were created, the states that ended, and the
 * states that still go on at the second drain.
 * @typedef {object} Live
 * @property {{id: Uint32Array, name: string[], parent: Int32Array}} tasks   new tasks; a parent of -1 means none
 * @property {States} states            the states that ended since the last drain
 * @property {OpenStates} open          the present state of every task that has not ended
 * @property {OutputChunk[]} output     the new chunks since the last drain
 */

/**
 * @typedef {object} OpenStates
 * @property {Uint32Array} task
 * @property {Uint8Array} state         an index into {@link STATES}
 * @property {Uint8Array} reason        an index into {@link REASONS}, or {@link NONE}
 * @property {Int32Array} channel       the channel that the task waits on, or -1
 * @property {Int32Array} processor     the processor that runs the task, or -1
 * @property {Float64Array} startMs
 */

// ---- The report ------------------------------------------------------------

/** @typedef {'completed' | 'deadlock' | 'panicked' | 'stopped' | 'exited' | 'fatal'} Outcome */

/** @typedef {any} Json   JSON whose shape depends on the program */

/**
 * The part of a report that is not a table.
 * @typedef {object} Figures
 * @property {string} program
 * @property {Values} params
 * @property {number} processors
 * @property {Structure} structure
 * @property {number} browserCores
 * @property {number} seed
 * @property {Outcome} outcome
 * @property {string} message           a sentence about the outcome; empty if it is "completed"
 * @property {number} wallMs            from main's first instruction to main's end
 * @property {number} startupMs         from the start of the run to main's first instruction
 * @property {number} busyMs            the time inside tasks, summed over the processors
 * @property {OutputChunk[]} output     what the tasks wrote, in the order in which they wrote it
 * @property {Json} answer              what the program computed
 * @property {Json} observed            what this run measured
 * @property {PixelImage[]} images      what the program drew
 * @property {SourceLine[]} places      the table of places; empty if places were not recorded
 * @property {{max: number, mean: number}} concurrency    tasks created and not ended
 * @property {{max: number, mean: number}} parallelism    processors inside a task
 * @property {number} [severalMs]       time in which more than one processor was inside a task,
 *   computed from the events that were kept; missing in recordings
 * @property {string[]} findings        sentences about this run alone
 * @property {Losses} losses
 * @property {string} lossesSentence    a sentence about the largest of the losses; may be empty
 * @property {number} switches
 * @property {number} steals
 * @property {number} events
 * @property {number} eventsDropped
 * @property {{stdout: number, stderr: number}} droppedBytes   what each stream did not keep: a
 *   stream keeps its first 16 MiB
 * @property {number} blurredMs         the part of busyMs in turns that were too short for times of
 *   their own; the order of these turns is known
 * @property {number} clockStepMs
 */

/**
 * What disturbed the page during a run. The page adds this to the report.
 * @typedef {object} Interruptions
 * @property {boolean} hidden           whether the page was hidden at some time; browsers slow
 *   hidden pages down
 * @property {number} pausedMs          how long the page was frozen or the machine slept
 */

/**
 * An image that a program drew or that a reader gave. It has four bytes for each pixel, in the
 * order of `ImageData`.
 * @typedef {{name: string, width: number, height: number, pixels: Uint8ClampedArray}} PixelImage
 */

/**
 * The time of each processor, split into five parts whose sum is the wall time.
 * @typedef {object} Losses
 * @property {Float64Array} insideMs        inside tasks
 * @property {Float64Array} schedulingMs    neither inside a task nor parked nor collecting
 * @property {Float64Array} collectingMs    at the gate, while unused memory was collected
 * @property {Float64Array} idleMs          parked because no task was ready
 * @property {Float64Array} tailMs          parked after the processor's last turn
 */

/**
 * The report in a message, in which most columns are typed arrays. The row of a task in `tasks` is
 * the task's id. Every id from 0 to the largest id has a row, even if few events of the task were
 * kept. If the event of a task's creation was not kept, `createdMs` is NaN.
 * @typedef {Figures & Interruptions & {
 *   tasks: {
 *     id: Uint32Array, name: string[], parent: Int32Array, place: Uint16Array,
 *     createdMs: Float64Array, firstRunMs: Float64Array, endedMs: Float64Array,
 *     runningMs: Float64Array, readyMs: Float64Array, blockedMs: Float64Array,
 *     endedBy: Uint8Array,
 *   },
 *   states: States,
 *   channelEvents: {
 *     channel: Uint32Array, kind: Uint8Array, task: Uint32Array,
 *     operation: Uint32Array, length: Uint32Array, place: Uint16Array, atMs: Float64Array,
 *   },
 * }} SentReport
 */

/**
 * The report for scripts. It has words instead of codes, and null for a missing value. Columns of
 * numbers without missing values stay typed arrays.
 * @typedef {Figures & Interruptions & {
 *   tasks: {
 *     id: Uint32Array, name: string[], parent: (number | null)[], place: (number | null)[],
 *     createdMs: (number | null)[], firstRunMs: (number | null)[], endedMs: (number | null)[],
 *     runningMs: Float64Array, readyMs: Float64Array, blockedMs: Float64Array,
 *     endedBy: (typeof ENDINGS[number] | null)[],
 *   },
 *   spans: Spans,
 *   states: {
 *     task: Uint32Array, state: typeof STATES[number][], reason: (typeof REASONS[number] | null)[],
 *     channel: (number | null)[], processor: (number | null)[], by: (number | null)[],
 *     place: (number | null)[], fromPlace: (number | null)[], byPlace: (number | null)[],
 *     startMs: Float64Array, endMs: Float64Array,
 *   },
 *   channelEvents: {
 *     channel: Uint32Array, kind: typeof CHANNEL_KINDS[number][], task: Uint32Array,
 *     operation: Uint32Array, length: Uint32Array, place: (number | null)[], atMs: Float64Array,
 *   },
 * }} Report
 */

// ---- Comparing lanes -------------------------------------------------------

/**
 * What the step from one lane to another lane shows. The sentence and the lessons' feedback both
 * depend on `kind`. crate/src/report/sentences/verdict.rs says what each kind means.
 * @typedef {object} Verdict
 * @property {'structure' | 'execution'} step
 * @property {{structure: Structure, processors: number}} from
 * @property {{structure: Structure, processors: number}} to
 * @property {'saved' | 'longer' | 'nothing' | 'small' | 'other cause' | 'busy' | 'spread' | 'too short'
 *   | 'answers' | 'single task' | 'oversubscribed'} kind
 * @property {number} beforeMs     median time of the first lane
 * @property {number} afterMs      median time of the second lane
 * @property {number} leastMs      the smallest difference that can be claimed
 * @property {boolean} uneven      whether the same computation took clearly more time in one lane
 * @property {string} sentence
 */

// ---- Scaling ---------------------------------------------------------------

/**
 * The times of the runs with one number of processors. Null means that there is no value.
 * @typedef {object} ScalingPoint
 * @property {number} processors
 * @property {number} medianMs
 * @property {number} leastMs
 * @property {number} mostMs
 * @property {number | null} speedup
 * @property {number | null} efficiency
 * @property {number | null} karpFlatt      the serial share, from this point alone (Karp–Flatt)
 * @property {boolean} oversubscribed
 */

/**
 * Laws fitted to points. If the work grows with the processors, `serial` and `amdahl` belong to
 * Gustafson's law. Otherwise they belong to Amdahl's law.
 * @typedef {object} Laws
 * @property {number} serial
 * @property {number} serialError           one standard error
 * @property {{sigma: number, kappa: number} | null} usl   contention and coherency; null if the work grows
 * @property {PredictedSpeedup[]} predictions      for more processors than were measured
 * @property {PredictedSpeedup[]} curve            points of the laws' curves, from one processor to
 *   the largest number of processors that is shown
 */

/**
 * The speed-up that the laws give for a number of processors. On a curve, the number of processors
 * can have a fraction.
 * @typedef {{processors: number, amdahl: number, usl: number | null}} PredictedSpeedup
 */

/**
 * @typedef {object} Scaling
 * @property {ScalingPoint[]} points        in order of the number of processors
 * @property {Laws | null} laws
 * @property {string | null} whyNot         a sentence that says why there are no laws
 * @property {boolean} growing              whether the work grew with the processors
 */

// ---- The messages ----------------------------------------------------------

/**
 * A message from the page to the host. `open` is the first message, and is sent once. The pool of
 * a host keeps its size, so more processors need another host. `id` is the page's number for a
 * request, and every answer to the request repeats this number. `images` are the reader's own
 * images, for a program that works on images. No lane shows an `unseen` run, and the page compares
 * no other run with it. `reach` asks whether the site's service worker answers the host's requests
 * within `limitMs`. `soFar` asks for the report on a run that was told to stop but still goes on.
 * @typedef {{type: 'open', processors: number, guests: boolean, poolWithinMs: number}
 *   | {type: 'check', id: number, program: string, params: Values, options: Options}
 *   | {type: 'run', id: number, program: string, params: Values, options: Options, images?: PixelImage[], unseen?: boolean}
 *   | {type: 'reach', id: number, limitMs: number}
 *   | {type: 'stop', id: number}
 *   | {type: 'soFar', id: number, run: number}
 *   | {type: 'compare', id: number, runs: number[]}
 *   | {type: 'scale', id: number, processors: number[], wallMs: number[], growing: boolean}} ToHost
 */

/**
 * A message from the host to the page. The answer to `open` is `ready` or `failed`. The answer to
 * `run` is `refused`, or any number of `progress` and one `report`. After `failed`, which may also
 * come later, the host can't be used any more. `failing` comes before a last `progress`, because
 * the fault may prevent the `progress`. `stopWord` is memory that the host shares with the page. To
 * stop a run, the page writes the number of the run into this memory.
 * @typedef {{type: 'ready', machine: Machine, programs: Program[], stopWord?: Int32Array}
 *   | {type: 'failing', sentence: string}
 *   | {type: 'failed', sentence: string}
 *   | {type: 'checked', id: number, refusals: Refusal[]}
 *   | {type: 'refused', id: number, refusals: Refusal[]}
 *   | {type: 'reached', id: number, answered: boolean}
 *   | {type: 'progress', id: number, nowMs: number, live: Live}
 *   | {type: 'report', id: number, report: Omit<SentReport, keyof Interruptions>}
 *   | {type: 'toldSoFar', id: number, report: Omit<SentReport, keyof Interruptions>}
 *   | {type: 'compared', id: number, verdicts: Verdict[]}
 *   | {type: 'scaled', id: number, scaling: Scaling}
 *   | {type: 'beat'}} FromHost
 */
