/**
 * The images of a run. Each tile is tinted in the colour of the processor that computed the tile.
 * When the reader points at a tile or moves to it with the arrow keys, the lane marks the tile's
 * task.
 *
 * @typedef {import('../common/lanes.js').Lane} Lane
 * @typedef {import('../common/lanes.js').Reports} Reports
 * @typedef {import('../common/messages.js').PixelImage} PixelImage
 * @typedef {import('../common/messages.js').SentReport} SentReport
 * @typedef {import('./tiles.js').MadeImage} MadeImage
 * @typedef {import('./tiles.js').Tile} Tile
 * @typedef {import('../timeline/drawing/palette.js').Palette} Palette
 */
import { LANES, SLOT_NAMES } from '../common/lanes.js';
import { imagesOf } from './tiles.js';
import { make } from '../common/dom.js';

/** The greatest widths of shown images, in pixels. The browser scales images on other threads. */
const WIDTH = { pair: 168, single: 512 };
/** The least height of a tile that shows its processor's number, in canvas pixels. */
const NUMBER_FROM = 14;
const MOST_SHOWN = 64;

export class RunImages {
  #root;
  #mark;
  #palette;
  #heading = make('h2', {}, 'Images');
  #tinted;
  #grid = make('div', { class: 'images' });
  /** @type {(() => void)[]} functions that each draw a tinted image again */
  #redraw = [];
  /** @type {SentReport | null} */
  #shown = null;

  /**
   * @param {HTMLElement} root
   * @param {() => Palette} palette
   * @param {(lane: Lane, task: string) => void} mark
   */
  constructor(root, palette, mark) {
    this.#root = root;
    this.#palette = palette;
    this.#mark = mark;
    this.#tinted = make('input', { type: 'checkbox', checked: true, change: () => this.recolour() });
    root.replaceChildren(
      make(
        'div',
        { class: 'heading' },
        this.#heading,
        make('label', { class: 'tint' }, this.#tinted, 'Colour by processor'),
      ),
      this.#grid,
    );
  }

  clear() {
    this.#shown = null;
    this.#root.hidden = true;
    this.#grid.replaceChildren();
    this.#redraw = [];
  }

  /** Draws the images again after a change of the theme or of the checkbox for the tint. */
  recolour() {
    for (const draw of this.#redraw) draw();
  }

  /**
   * Shows the images of the lowest lane that has images, because that lane uses the most
   * processors.
   * @param {Reports} reports
   */
  update(reports) {
    const lane = [...LANES].reverse().find((name) => (reports[name]?.images.length ?? 0) > 0);
    const report = lane && reports[lane];
    if (!lane || !report) {
      this.clear();
      return;
    }
    if (report === this.#shown) return;
    this.#shown = report;
    this.#redraw = [];
    this.#root.hidden = false;
    this.#heading.textContent = `Images of the ${SLOT_NAMES[lane]} lane`;
    const made = imagesOf(report);
    this.#grid.replaceChildren(...made.slice(0, MOST_SHOWN).map((one) => this.#figure(lane, one)));
  }

  /**
   * @param {Lane} lane
   * @param {MadeImage} made
   */
  #figure(lane, { before, after, tiles }) {
    const width = before ? WIDTH.pair : WIDTH.single;
    const height = Math.max(1, Math.round((width * after.height) / after.width));
    const canvas = make('canvas', { width: String(width), height: String(height) });
    let at = -1;
    const name = before ? before.name : after.name;
    const caption = make('figcaption', {}, name);
    const part = make(
      'button',
      { type: 'button', class: 'part', 'aria-label': `${name}: ${tinters(tiles)}. Show its task in the timeline.` },
      canvas,
    );
    const go = (/** @type {number} */ to) => {
      const tile = tiles[to];
      if (!tile || to === at) return;
      at = to;
      // The caption names the marked task too, because the lane may be out of view.
      caption.textContent = `${name} · ${tile.task}: processor ${tile.processor + 1}`;
      this.#mark(lane, tile.task);
    };
    const under = (/** @type {PointerEvent} */ event) => {
      const { top, height: shown } = canvas.getBoundingClientRect();
      const row = Math.floor(((event.clientY - top) / shown) * after.height);
      return tiles.findIndex(({ from, to }) => row >= from && row < to);
    };
    part.addEventListener('pointermove', (event) => go(under(event)));
    part.addEventListener('pointerleave', () => {
      at = -1;
    });
    part.addEventListener('click', () => go(Math.max(at, 0)));
    part.addEventListener('keydown', (event) => {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step === 0) return;
      event.preventDefault();
      go(Math.min(tiles.length - 1, Math.max(0, at + step)));
    });
    const scaled = scale(after, width, height);
    const draw = () => scaled.then((bitmap) => this.#draw(canvas, bitmap, after, tiles));
    this.#redraw.push(draw);
    draw();
    return make(
      'figure',
      { class: before ? '' : 'single' },
      ...(before ? [plain(before, width, height)] : []),
      part,
      caption,
    );
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {ImageBitmap} bitmap
   * @param {PixelImage} image
   * @param {Tile[]} tiles
   */
  #draw(canvas, bitmap, { height }, tiles) {
    const ink = canvas.getContext('2d');
    if (!ink) return;
    ink.clearRect(0, 0, canvas.width, canvas.height);
    ink.drawImage(bitmap, 0, 0);
    if (!this.#tinted.checked) return;
    const { processors, font } = this.#palette();
    const y = (/** @type {number} */ row) => (row * canvas.height) / height;
    for (const { from, to, processor } of tiles) {
      const colour = processors[processor % processors.length];
      if (!colour) continue;
      ink.globalAlpha = 0.5;
      ink.fillStyle = colour.fill;
      ink.fillRect(0, y(from), canvas.width, y(to) - y(from));
      ink.globalAlpha = 1;
      if (y(to) - y(from) < NUMBER_FROM) continue;
      ink.fillRect(0, y(from), 16, NUMBER_FROM);
      ink.fillStyle = colour.ink;
      ink.font = `600 11px ${font}`;
      ink.textAlign = 'center';
      ink.textBaseline = 'middle';
      ink.fillText(String(processor + 1), 8, y(from) + NUMBER_FROM / 2 + 0.5);
    }
  }
}

/**
 * @param {PixelImage} image
 * @param {number} width
 * @param {number} height
 */
const scale = ({ pixels, width: wide, height: high }, width, height) =>
  createImageBitmap(new ImageData(/** @type {Uint8ClampedArray<ArrayBuffer>} */ (pixels), wide, high), {
    resizeWidth: width,
    resizeHeight: height,
    resizeQuality: 'medium',
  });

/**
 * @param {PixelImage} image
 * @param {number} width
 * @param {number} height
 */
function plain(image, width, height) {
  const canvas = make('canvas', {
    width: String(width),
    height: String(height),
    role: 'img',
    'aria-label': `${image.name}, before`,
  });
  scale(image, width, height).then((bitmap) => canvas.getContext('2d')?.drawImage(bitmap, 0, 0));
  return canvas;
}

/** @param {Tile[]} tiles */
function tinters(tiles) {
  const numbers = [...new Set(tiles.map(({ processor }) => processor + 1))].sort((a, b) => a - b);
  return `made by ${numbers.length === 1 ? 'processor' : 'processors'} ${numbers.join(', ')}`;
}
