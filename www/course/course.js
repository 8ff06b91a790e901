/**
 * The parts of a lesson around its lanes. The question stands above the lanes. The feedback to the
 * reader's answer, the figures of the runs, suggestions, notes and the code stand below the lanes.
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {import('./lessons/lesson.js').Lesson} Lesson
 * @typedef {import('./lessons/lesson.js').Next} Next
 * @typedef {import('../common/lanes.js').Reports} Reports
 * @typedef {import('../common/messages.js').Machine} Machine
 * @typedef {import('../common/messages.js').Options} Options
 * @typedef {import('../common/messages.js').Program} Program
 * @typedef {import('../common/messages.js').Values} Values
 */
import { LANES } from '../common/lanes.js';
import { lessonOf } from './lessons/index.js';
import { resultText } from './result-text.js';
import { Code } from '../code/code.js';
import { byId, make } from '../common/dom.js';
import { FiguresTable } from './figures.js';
import { showLegend } from './legend.js';
import { showNext } from './next.js';
import { showNotes } from './notes.js';
import { OwnImages } from '../images/own-images-panel.js';
import { RunImages } from '../images/images.js';
import { showQuadrants } from './quadrants.js';
import { Question } from './question.js';

export class Course {
  /**
   * The times of each lane in this visit, by program. Reports are not kept, because the reports of
   * all lessons, with their images, would fill the memory.
   * @type {Map<string, import('../common/repeats.js').AllTimes>}
   */
  visited = new Map();

  #choose;
  #say;
  #network;
  #question;
  #copyButton = make('button', { type: 'button', class: 'quiet', click: () => this.#copy() }, 'Copy results');
  #figures = new FiguresTable(byId('figures'), this.#copyButton);
  code = new Code(byId('code'));
  #own;
  #images;
  /** @type {{program: Program, machine: Machine, lesson: Lesson} | null} */
  #open = null;
  /** @type {Reports} */
  #reports = {};
  /** The verdicts on the steps between the runs. @type {import('../common/lanes.js').SlotVerdict[]} */
  #verdicts = [];
  /** @type {import('./lessons/lesson.js').VerdictOn} */
  #verdictOn = (above, below) => this.#verdicts.find((verdict) => verdict.above === above && verdict.below === below);

  /**
   * @param {(next: Next) => void} choose   is called when the reader chooses a suggestion
   * @param {(sentence: string) => void} say
   * @param {{palette: import('../timeline/drawing/palette.js').Palette, markTask: (lane: import('../common/lanes.js').Lane, task: string) => void}} lanes
   * @param {() => Promise<string>} network   why requests get no answer; empty if they get one
   */
  constructor(choose, say, lanes, network) {
    this.#choose = choose;
    this.#say = say;
    this.#network = network;
    this.#question = new Question(byId('question'), byId('feedback'), say);
    this.#own = new OwnImages(byId('own'), say);
    this.#images = new RunImages(
      byId('images'),
      () => lanes.palette,
      (lane, task) => lanes.markTask(lane, task),
    );
  }

  /**
   * Shows the words of a lesson, which can be read while the host starts.
   * @param {string} id
   * @param {string} summary
   */
  showWords(id, summary) {
    const lesson = lessonOf(id, summary);
    byId('claim').textContent = lesson.claim;
    byId('text').textContent = lesson.text;
    this.#question.show(lesson.question);
    showLegend(byId('legend'), byId('terms'), lesson);
    showNotes(byId('notes'), lesson.notes);
    return lesson;
  }

  /**
   * Shows another program, before any run of the program.
   * @param {Program} program
   * @param {Machine} machine
   */
  show(program, machine) {
    const lesson = this.showWords(program.id, program.summary);
    this.#open = { program, machine, lesson };
    this.#reports = {};
    this.#verdicts = [];
    this.#figures.show(program, lesson.measures);
    byId('quadrants').hidden = true;
    this.#images.clear();
    byId('own').hidden = !lesson.ownImages;
    byId('unanswered').hidden = true;
    if (lesson.network) this.prepare(program.id);
    showNext(byId('next'), lesson.next, this.#choose);
    this.code.show(program);
    return lesson;
  }

  /** Leaves the lesson. Only the times of the lesson's runs are kept. */
  leave() {
    this.#open = null;
    this.#reports = {};
    this.#verdicts = [];
    this.#question.setReports({}, () => undefined);
    this.#images.clear();
  }

  /**
   * @param {Values} values
   * @param {Options} options
   */
  formChanged(values, options) {
    this.code.update(values, options);
  }

  /**
   * Prepares the run of a program that makes requests. Waits until the service worker answers
   * requests, or shows why it does not.
   * @param {string} id
   */
  async prepare(id) {
    if (!lessonOf(id, '').network) return;
    const missing = await this.#network();
    byId('unanswered').hidden = missing === '' || this.#open?.program.id !== id;
    byId('unanswered').textContent =
      `This page cannot answer its own slow requests: its service worker does that, and ${missing}. ` +
      'You can still enter other addresses.';
  }

  /** The reader's own images for a run from the form. Empty if the lesson takes no images. */
  get imagesForRun() {
    return this.#open?.lesson.ownImages ? { images: this.#own.images, version: this.#own.version } : {};
  }

  /** Draws the images again after a change of the theme. */
  recolour() {
    this.#images.recolour();
  }

  /** Hides the feedback on earlier runs, because new runs start. */
  begin() {
    this.#question.clear();
  }

  /** @param {import('../common/lanes.js').SlotVerdict[]} verdicts   the verdicts on the steps between the runs */
  setVerdicts(verdicts) {
    this.#verdicts = verdicts;
  }

  /**
   * Returns the sentences on the step from the lane above to this lane.
   * @param {Lane} lane
   */
  sentencesAbove(lane) {
    const above = LANES[LANES.indexOf(lane) - 1];
    const verdict = above && this.#verdictOn(above, lane);
    return verdict ? [verdict.sentence] : [];
  }

  /**
   * @param {Reports} reports   the last completed run of each slot with the current values
   * @param {import('../common/repeats.js').AllTimes} times   the times of all runs with these values
   */
  update(reports, times) {
    if (!this.#open) return;
    const { program, lesson } = this.#open;
    this.#reports = reports;
    this.#verdicts = this.#verdicts.filter(({ above, below }) => reports[above] && reports[below]);
    if (Object.keys(times).length > 0) this.visited.set(program.id, times);
    this.#figures.update(reports, times);
    this.#question.setReports(reports, this.#verdictOn);
    this.#images.update(reports);
    if (lesson.quadrants) showQuadrants(byId('quadrants'), reports);
  }

  /** Whether the lesson also needs a run of one task after another on all processors. */
  get comparesStructures() {
    return !!this.#open?.lesson.quadrants;
  }

  /** @returns {string} whether the reader's answer is right; empty if that is unknown */
  judge() {
    return this.#question.judge();
  }

  async #copy() {
    if (!this.#open) return;
    const { program, machine } = this.#open;
    const text = resultText({
      program,
      machine,
      reports: this.#reports,
      findings: LANES.flatMap((lane) => this.sentencesAbove(lane)),
      prediction: this.#question.shown,
      browser: navigator.userAgent,
      address: location.href,
    });
    try {
      await navigator.clipboard.writeText(text);
      this.#say('The results are copied as text.');
    } catch {
      this.#say('This browser does not let the page copy: nothing was copied.');
    }
  }
}
