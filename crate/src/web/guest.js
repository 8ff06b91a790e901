// A worker's instance of a guest.

/** @type {Record<string, Function>} what the worker's instance of a guest exports */
let exported = {};

/** Returns whether the site's own module panics in this worker. */
let isPanicking = () => false;

/** The last trap. */
let trap = { message: '', at: -1 };

/**
 * Instantiates a guest in this worker, in place of the last one.
 * @param {Uint8Array} bytes   the guest's module, in memory that all workers share
 * @param {WebAssembly.ModuleImports} calls   what the guest may call
 * @param {() => boolean} panicking   returns whether the site's own module panics in this worker
 */
export function enterGuest(bytes, calls, panicking) {
  isPanicking = panicking;
  refuses(() => {
    const module = new WebAssembly.Module(bytes.slice());
    if (!WebAssembly.Module.imports(module).some(({ kind }) => kind === 'memory')) {
      throw new Error('it does not import the memory that it is given');
    }
    const imports = { env: { memory: globalThis.guestMemory }, manyhands: calls };
    const { exports } = new WebAssembly.Instance(module, imports);
    exported = /** @type {Record<string, Function>} */ (exports);
    if (!exported.turns) throw new Error('it has no function named turns');
  });
}

/** Whether a guest may have written to the memory. */
let isUsed = false;

/**
 * Fills the memory of guests with zeros before a guest starts. No guest may be running. A memory that
 * no guest has used is left alone: it holds zeros, and the system has not provided it yet.
 */
export function clearMemory() {
  if (isUsed) new Uint8Array(globalThis.guestMemory.buffer).fill(0);
  isUsed = true;
}

/**
 * Calls a function of the guest that executes no goroutine.
 * @param {string} name
 * @param {number[]} parameters
 */
export const callGuest = (name, parameters) => refuses(() => exported[name](...parameters));

/**
 * Calls `act`. If the guest fails, throws an error that can be caught: wasm-bindgen takes the error
 * of a trap for a trap of the site's own module.
 * @template T
 * @param {() => T} act
 */
function refuses(act) {
  try {
    return act();
  } catch (error) {
    if (placeOf(error) === null || isPanicking()) throw error;
    throw new Error(messageOf(error));
  }
}

/**
 * Executes turns of goroutines on this processor, beginning with this goroutine. Returns whether the
 * guest has trapped.
 * @param {number} handle
 * @param {number} processor
 */
export const turns = (handle, processor) => traps(() => exported.turns(handle, processor));

/**
 * Performs this processor's part of a collection of unused memory. Returns whether the guest has
 * trapped.
 * @param {number} processor
 * @param {number} processors   the number of the run's processors
 */
export const collect = (processor, processors) => traps(() => exported.collect(processor, processors));

/**
 * Calls the guest, and returns whether it has trapped.
 * @param {() => void} call
 */
function traps(call) {
  try {
    call();
    return false;
  } catch (error) {
    const at = placeOf(error);
    // The guest did not cause an error of the site's own module. A trap of that module ends this
    // worker. A panic goes on to the processor, which ends the run.
    if (at === null || isPanicking()) throw error;
    trap = { message: messageOf(error), at };
    return true;
  }
}

/** How often goroutines that compute have to poll, in milliseconds. This is the length of a time slice. */
const INTERRUPT_EVERY_MS = 10;

/**
 * Makes all goroutines poll at regular times. Returns the timer.
 * @param {number} processors   the number of the run's processors
 */
export function startInterrupts(processors) {
  return setInterval(() => {
    try {
      exported.interrupt(processors);
    } catch {
      // The guest has destroyed what it needs for this. Its goroutines are not interrupted.
    }
  }, INTERRUPT_EVERY_MS);
}

/** @param {number} timer */
export const endInterrupts = (timer) => clearInterval(timer);

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : 'it threw an exception that nothing caught');

export const trapMessage = () => trap.message;

/** The offset in the guest's module at which it has trapped; -1 if the browser does not say. */
export const trapOffset = () => trap.at;

/**
 * Returns the offset in the guest's module at which an error happened; -1 if the browser does not
 * say, and null if the error happened in the site's own module.
 * @param {unknown} error
 */
function placeOf(error) {
  const frame = /^.*wasm-function.*$/m.exec(error instanceof Error ? (error.stack ?? '') : '')?.[0];
  if (frame === undefined) return -1;
  if (frame.includes('_bg.wasm')) return null;
  const offset = /:0x([0-9a-f]+)\)?$/.exec(frame)?.[1];
  return offset === undefined ? -1 : Number.parseInt(offset, 16);
}
