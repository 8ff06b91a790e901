/**
 * An offscreen canvas. Creating a canvas costs more than drawing a timeline, so a `Sheet` is
 * cleared and used again while a lane's axis grows.
 */
export class Sheet {
  #canvas = new OffscreenCanvas(1, 1);
  #density = 1;
  ink = /** @type {CanvasRenderingContext2D} */ (/** @type {unknown} */ (this.#canvas.getContext('2d')));

  /**
   * @param {number} width      in CSS pixels
   * @param {number} height
   * @param {number} density    device pixels in a CSS pixel
   */
  clean(width, height, density) {
    // Setting the size also clears the canvas and resets its scale.
    this.#canvas.width = Math.ceil(width * density);
    this.#canvas.height = Math.ceil(height * density);
    this.#density = density;
    this.ink.scale(density, density);
  }

  /**
   * @param {CanvasRenderingContext2D} ink
   * @param {number} [upTo]   CSS pixels from the left; nothing beyond them is drawn
   */
  drawOn(ink, upTo = Infinity) {
    const { height } = this.#canvas;
    const width = Math.min(this.#canvas.width, Math.ceil(upTo * this.#density));
    if (width <= 0) return;
    ink.drawImage(this.#canvas, 0, 0, width, height, 0, 0, width / this.#density, height / this.#density);
  }
}
