/**
 * The parts of the page, in one object. `main.js` makes it, and the functions of this folder take it.
 *
 * @typedef {import('../common/messages.js').Machine} Machine
 * @typedef {import('../common/messages.js').Program} Program
 *
 * @typedef {object} App
 * @property {State} state
 * @property {import('../common/frame.js').Frame} frame
 * @property {import('../lanes/stage.js').Stage} stage
 * @property {import('../form/form.js').Form} form
 * @property {import('../course/course.js').Course} course
 * @property {import('../run/hosts.js').Hosts} hosts
 * @property {import('../run/runs.js').Runs} runs
 * @property {import('../scaling/panel.js').ScalingPanel} scaling
 * @property {ReturnType<typeof import('../recording/opening.js').opening>} files   opens recordings
 * @property {ReturnType<typeof import('../run/press.js').presser>} press           runs lanes with the form's values
 * @property {(machine: Machine) => void} isReady                            the first host is ready
 */

/** What the page knows and shows. */
export class State {
  /** The machine and its programs: what the build knows of them, until the host sends the same. */
  catalogue;
  /** Whether a host has been ready. */
  hasOpened = false;
  /** The program whose lesson is open. @type {Program | null} */
  program = null;
  /** Whether the reader has done something that opening the page anew would undo. */
  touched = false;
  /** Where the page is: place.js has the table of what changes it. */
  place;
  /** The recorded runs that the lanes show. @type {{address: string | null} | null} `address` is null for those from a file */
  recorded = null;
  /** With what values the runs in the lanes were made; null: the lanes are empty. @type {import('../form/differences.js').Setting | null} */
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
  programCalled(id) {
    return this.catalogue.programs.find((program) => program.id === id);
  }
}
