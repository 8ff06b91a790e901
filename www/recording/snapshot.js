/**
 * All lanes in one image file, in the current view, with the page's titles and sentences.
 *
 * @typedef {import('../timeline/drawing/timeline-drawing.js').Scene} Scene
 * @typedef {import('../timeline/layout/time-scale.js').TimeScale} TimeScale
 * @typedef {import('../timeline/drawing/palette.js').Palette} Palette
 */
import { TimelineDrawing } from '../timeline/drawing/timeline-drawing.js';
import { SvgInk } from './svg-ink.js';
import { Axis } from '../timeline/drawing/axis.js';

const MARGIN = 24;
const HEAD = 30;
const STEP = 34;
const AXIS = 32;

/**
 * @typedef {object} Snapshot
 * @property {string} title
 * @property {{title: string, wall: string, above: string, scene: Scene}[]} lanes   `above`: the
 *   sentence of the verdict on this lane and the lane above
 * @property {TimeScale} scale
 * @property {Palette} palette
 */

/** @param {Snapshot} snapshot */
function sizeOf({ lanes, scale }) {
  const height = lanes.reduce(
    (sum, { above, scene }) => sum + (above ? STEP : 8) + HEAD + scene.layout.height,
    MARGIN + HEAD + AXIS + MARGIN,
  );
  return { width: Math.ceil(scale.left + scale.width + 2 * MARGIN), height: Math.ceil(height) };
}

/**
 * @param {Snapshot} snapshot
 * @param {CanvasRenderingContext2D} ink
 * @param {(x: number, y: number, draw: (ink: CanvasRenderingContext2D) => void) => void} place
 *   calls `draw` with the origin at (x, y)
 * @param {(scene: Scene, x: number, y: number) => void} paint   draws a lane at (x, y)
 */
function draw({ title, lanes, scale, palette }, ink, place, paint) {
  const { width, height } = sizeOf({ title, lanes, scale, palette });
  ink.fillStyle = palette.surface;
  ink.fillRect(0, 0, width, height);
  const say = (
    /** @type {string} */ text,
    /** @type {string} */ font,
    /** @type {number} */ x,
    /** @type {number} */ y,
    align = 'left',
  ) => {
    ink.font = `${font} ${palette.font}`;
    ink.textAlign = /** @type {CanvasTextAlign} */ (align);
    ink.textBaseline = 'middle';
    ink.fillText(text, x, y);
  };
  let y = MARGIN;
  ink.fillStyle = palette.ink;
  say(title, '600 17px', MARGIN, y + 8);
  y += HEAD;
  for (const { title: name, wall, above, scene } of lanes) {
    ink.fillStyle = palette.ink;
    if (above) say(above, '600 13px', MARGIN, y + STEP / 2);
    y += above ? STEP : 8;
    say(name, '600 14px', MARGIN, y + HEAD / 2);
    say(wall, '600 16px', width - MARGIN, y + HEAD / 2, 'right');
    y += HEAD;
    paint(scene, MARGIN, y);
    y += scene.layout.height;
  }
  place(MARGIN, y, (pen) => new Axis().draw(pen, scale, palette));
}

/**
 * @param {Snapshot} snapshot
 * @returns {Promise<Blob>}
 */
export async function png(snapshot) {
  const density = 2;
  const { width, height } = sizeOf(snapshot);
  const canvas = new OffscreenCanvas(width * density, height * density);
  const ink = /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (canvas.getContext('2d')));
  ink.scale(density, density);
  draw(
    snapshot,
    ink,
    (x, y, drawing) => {
      ink.save();
      ink.translate(x, y);
      drawing(ink);
      ink.restore();
    },
    (scene, x, y) => {
      const own = document.createElement('canvas');
      new TimelineDrawing(own).paint({ ...scene, density });
      ink.drawImage(own, x, y, own.width / density, own.height / density);
    },
  );
  return canvas.convertToBlob({ type: 'image/png' });
}

/**
 * @param {Snapshot} snapshot
 * @returns {Blob}
 */
export function svg(snapshot) {
  const { width, height } = sizeOf(snapshot);
  const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
  const pen = new SvgInk(ruler);
  const ink = /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (pen));
  const place = (
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {(ink: CanvasRenderingContext2D) => void} */ drawing,
  ) => {
    pen.origin(x, y);
    drawing(ink);
    pen.origin(0, 0);
  };
  draw(snapshot, ink, place, (scene, x, y) =>
    place(x, y, () => {
      const canvas = /** @type {HTMLCanvasElement} */ (
        /** @type {unknown} */ ({ width: 0, height: 0, getContext: () => ink })
      );
      new TimelineDrawing(canvas).paint({ ...scene, density: 2 });
    }),
  );
  return new Blob([pen.document(width, height, snapshot.title)], { type: 'image/svg+xml' });
}
