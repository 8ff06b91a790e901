/**
 * What a lesson has around its lanes: the question before them, and after them
 * what the runs say to it, their figures, what to change next, what is good to
 * know, and the code.
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
import { Figures } from './figures.js';
import { showLegend } from './legend.js';
import { showNext } from './next.js';
import { showNotes } from './notes.js';
import { OwnPictures } from '../images/own-images-panel.js';
import { Pictures } from '../images/images.js';
import { showQuadrants } from './quadrants.js';
import { Question } from './question.js';

export class Course {
  /**
   * How long each lane took in this visit, by program. Not the reports: with their pictures, they
   * would fill the memory of whoever goes through the whole course.
   * @type {Map<string, import('../common/repeats.js').AllTimes>}
   */
  visited = new Map();

  #choose;
  #say;
  #network;
  #question;
  #copyButton = make('button', { type: 'button', class: 'quiet', click: () => this.#copy() }, 'Copy results');
  #figures = new Figures(byId('figures'), this.#copyButton);
  #code = new Code(byId('code'));
  #own;
  #pictures;
  /** @type {{program: Program, machine: Machine, lesson: Lesson} | null} */
  #open = null;
  /** @type {Reports} */
  #reports = {};
  /** What the runs say about each other. @type {import('../common/lanes.js').Found[]} */
  #found = [];
  /** @type {import('./lessons/lesson.js').StepOf} */
  #stepOf = (above, below) => this.#found.find((verdict) => verdict.above === above && verdict.below === below);

  /**
   * @param {(next: Next) => void} choose   a reader wants to change something
   * @param {(sentence: string) => void} say
   * @param {{palette: import('../timeline/drawing/palette.js').Palette, markTask: (lane: import('../common/lanes.js').Lane, task: string) => void}} stage   the lanes
   * @param {() => Promise<string>} network   why nobody answers requests; empty: somebody does
   */
  constructor(choose, say, stage, network) {
    this.#choose = choose;
    this.#say = say;
    this.#network = network;
    this.#question = new Question(byId('question'), byId('feedback'), say);
    this.#own = new OwnPictures(byId('own'), say);
    this.#pictures = new Pictures(
      byId('pictures'),
      () => stage.palette,
      (lane, task) => stage.markTask(lane, task),
    );
  }

  /**
   * The words of a lesson: they can be read while its host starts.
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
   * Another program: nothing of it has run.
   * @param {Program} program
   * @param {Machine} machine
   */
  show(program, machine) {
    const lesson = this.showWords(program.id, program.summary);
    this.#open = { program, machine, lesson };
    this.#reports = {};
    this.#found = [];
    this.#figures.show(program, lesson.measures);
    byId('quadrants').hidden = true;
    this.#pictures.clear();
    byId('own').hidden = !lesson.ownPictures;
    byId('unanswered').hidden = true;
    if (lesson.network) this.prepare(program.id);
    showNext(byId('next'), lesson.next, this.#choose);
    this.#code.show(program);
    return lesson;
  }

  /** The lesson is left: nothing of its runs is kept but their times. */
  leave() {
    this.#open = null;
    this.#reports = {};
    this.#found = [];
    this.#question.know({}, () => undefined);
    this.#pictures.clear();
  }

  /**
   * @param {Values} values
   * @param {Options} options
   */
  formChanged(values, options) {
    this.#code.update(values, options);
  }

  /**
   * What has to be there before a program runs: somebody to answer its requests.
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

  /** What a run from the form is given besides values. */
  get given() {
    return this.#open?.lesson.ownPictures ? { pictures: this.#own.pictures, version: this.#own.version } : {};
  }

  /** The theme has changed. */
  recolour() {
    this.#pictures.recolour();
  }

  /** Runs start, and what was said of earlier ones no longer holds. */
  begin() {
    this.#question.clear();
  }

  /** @param {import('../common/lanes.js').Found[]} found   what the runs say about each other */
  found(found) {
    this.#found = found;
  }

  /**
   * What the step to a lane from the one above it shows.
   * @param {Lane} lane
   */
  sentencesAbove(lane) {
    const above = LANES[LANES.indexOf(lane) - 1];
    const step = above && this.#stepOf(above, lane);
    return step ? [step.sentence] : [];
  }

  /**
   * @param {Reports} reports   the last completed runs of the values now shown
   * @param {import('../common/repeats.js').AllTimes} times   what all of them took
   */
  update(reports, times) {
    if (!this.#open) return;
    const { program, lesson } = this.#open;
    this.#reports = reports;
    this.#found = this.#found.filter(({ above, below }) => reports[above] && reports[below]);
    if (Object.keys(times).length > 0) this.visited.set(program.id, times);
    this.#figures.update(reports, times);
    this.#question.know(reports, this.#stepOf);
    this.#pictures.update(reports);
    if (lesson.quadrants) showQuadrants(byId('quadrants'), reports);
  }

  /** Whether the lesson asks for a run of one task after another on all processors, too. */
  get comparesStructures() {
    return !!this.#open?.lesson.quadrants;
  }

  /** @returns {string} whether the reader's answer holds; empty when that is not known */
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
