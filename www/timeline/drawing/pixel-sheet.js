/**
 * A raster with an offscreen canvas, from which the raster is drawn on another canvas.
 */
import { Raster } from './raster.js';

export class PixelSheet {
  #canvas;
  /** @type {ImageData | null} */
  #image = null;
  raster = new Raster(0, 0);

  /** @param {HTMLCanvasElement | OffscreenCanvas} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
  }

  /**
   * @param {number} width    in device pixels
   * @param {number} height
   */
  clean(width, height) {
    if (!this.#image || this.#image.width !== width || this.#image.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
      this.#image = new ImageData(width, height);
      this.raster = new Raster(width, height, new Uint32Array(this.#image.data.buffer));
    } else this.raster.pixels.fill(0);
  }

  /**
   * @param {CanvasRenderingContext2D} ink
   * @param {number} left       x of the raster's first column
   * @param {number} density    device pixels in a unit of `ink`
   * @param {number} [upTo]     first column that is not drawn
   */
  drawOn(ink, left, density, upTo = Infinity) {
    const width = Math.min(this.raster.width, Math.ceil(upTo));
    const { height } = this.raster;
    if (!this.#image || width <= 0 || height === 0) return;
    const own = /** @type {CanvasRenderingContext2D} */ (this.#canvas.getContext('2d'));
    own.putImageData(this.#image, 0, 0, 0, 0, width, height);
    const canvas = /** @type {HTMLCanvasElement} */ (this.#canvas);
    if (width === this.raster.width) ink.drawImage(canvas, left, 0, width / density, height / density);
    else ink.drawImage(canvas, 0, 0, width, height, left, 0, width / density, height / density);
  }
}
