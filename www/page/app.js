/**
 * The parts of the page, in one object. `main.js` makes the object, and the functions of this
 * folder take it.
 *
 * @typedef {import('../common/messages.js').Machine} Machine
 * @typedef {import('../common/messages.js').Program} Program
 *
 * @typedef {object} App
 * @property {State} state
 * @property {import('../common/frame.js').Frame} frame
 * @property {import('../lanes/lanes.js').Lanes} lanes
 * @property {import('../form/form.js').Form} form
 * @property {import('../course/course.js').Course} course
 * @property {import('../run/hosts.js').Hosts} hosts
 * @property {import('../run/runs.js').Runs} runs
 * @property {import('../scaling/panel.js').ScalingPanel} scaling
 * @property {ReturnType<typeof import('../recording/opening.js').opening>} files   opens recordings
 * @property {ReturnType<typeof import('../run/press.js').presser>} press           runs lanes with the form's values
 * @property {(machine: Machine) => void} isReady   called when a host is ready
 */

/** What the page knows and shows. */
export class State {
  /** The machine and its programs. The build provides them until a host sends its own. */
  catalogue;
  /** Whether a host has been ready. */
  hasOpened = false;
  /** The program whose lesson is open. @type {Program | null} */
  program = null;
  /** Whether the reader has done something that a reload of the page would undo. */
  touched = false;
  /** The place of the page. The table in place.js lists the events that change it. */
  place;
  /**
   * The recorded runs that the lanes show. For runs from a file, `address` is null.
   * @type {{address: string | null} | null}
   */
  recorded = null;
  /**
   * The values of the runs in the lanes; null if the lanes are empty.
   * @type {import('../form/differences.js').Setting | null}
   */
  inLanes = null;

  /**
   * @param {{machine: Machine, programs: Program[]}} catalogue
   * @param {import('./address.js').Place} place
   */
  constructor(catalogue, place) {
    this.catalogue = catalogue;
    this.place = place;
  }

  /** @param {string} id @returns {Program | undefined} */
  programWithId(id) {
    return this.catalogue.programs.find((program) => program.id === id);
  }
}
